"""What each representative did in the sessions of some days: counted by the database, no session is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import Count, F, Max, Q, Sum, Value
from django.db.models.functions import Coalesce

from sessions_app.models import Participant, SupportSession
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.rules.permissions import csrs_read
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.reporting.days import Span
from supportcenter.reporting.durations import WholeSeconds
from supportcenter.reporting.numbers import average


@dataclass
class CsrFigures:
    """What one representative did. A session counts for the last one in control; the others assisted."""

    name: str
    sessions: int = 0
    # Seconds, of all sessions.
    total_length: int = 0
    assisted: int = 0
    customers: int = 0
    # How many customers rated, and the sum of what they gave.
    ratings: int = 0
    rated: int = 0

    @property
    def average_length(self) -> int | None:
        return round(self.total_length / self.sessions) if self.sessions else None

    @property
    def average_rating(self) -> float | None:
        return average(self.rated, self.ratings)


def summed(figures: Iterable[CsrFigures]) -> CsrFigures:
    """All of them together; a session is counted once as controlled, and for each who assisted in it."""
    total = CsrFigures("")
    for one in figures:
        for field in fields(CsrFigures)[1:]:
            setattr(total, field.name, getattr(total, field.name) + getattr(one, field.name))
    return total


def figures_by_csr(user: User, span: Span | None) -> list[CsrFigures]:
    """The figures of every representative, most sessions first; but only of those CSRs about whom `user` may read."""
    sessions = SupportSession.objects.order_by()
    if span:
        sessions = sessions.filter(started_at__gte=span[0], started_at__lt=span[1])
    csrs = csrs_read(user)
    found = _present(sessions, Q() if csrs is None else Q(user__in=csrs))
    controlled = sessions if csrs is None else sessions.filter(primary__user__in=csrs)
    _add_controlled(found, controlled)
    _add_customers(found, controlled)
    return sorted(found.values(), key=lambda figures: (-figures.sessions, figures.name))


def _present(sessions: SupportSessionQuerySet, whose: Q) -> dict[int, CsrFigures]:
    """Who was a representative in these sessions; as yet, all of their sessions count as assisted."""
    seats = Participant.objects.csrs().filter(whose, session__in=sessions.values("pk"))
    by_csr = seats.order_by().values_list("user").annotate(Count("session", distinct=True), latest=Max("session"))
    counted = list(by_csr.order_by("-latest"))
    names = _names({(user, latest) for user, _count, latest in counted})
    return {user: CsrFigures(names[user], assisted=count) for user, count, _latest in counted if user is not None}


def _names(latest: set[tuple[int | None, int]]) -> dict[int | None, str]:
    """What each was called in the latest of their sessions, where they may have come twice."""
    seats = Participant.objects.csrs().filter(session__in={session for _user, session in latest})
    in_order = seats.order_by("joined_at", "pk").values_list("user", "session", "name")
    return {user: name for user, session, name in in_order if (user, session) in latest}


def _add_controlled(found: dict[int, CsrFigures], sessions: SupportSessionQuerySet) -> None:
    length = WholeSeconds(Coalesce("ended_at", Value(clock.now())), F("started_at"))
    counted = sessions.values_list("primary__user").annotate(Count("pk"), seconds=Sum(length))
    for user, count, length in counted:
        if user in found:
            found[user].sessions, found[user].total_length = count, length
            found[user].assisted -= count


def _add_customers(found: dict[int, CsrFigures], sessions: SupportSessionQuerySet) -> None:
    """The customers of the sessions that each controlled, and what these rated."""
    customers = Participant.objects.customers().filter(session__in=sessions.values("pk")).order_by()
    counted = customers.values_list("session__primary__user").annotate(
        Count("admitted_at"), Count("survey_answer"), Sum("survey_answer__rating")
    )
    for user, admitted, ratings, rated in counted:
        if user in found:
            found[user].customers, found[user].ratings, found[user].rated = admitted, ratings, rated or 0
