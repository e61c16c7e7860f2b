"""What became of the sessions of some days, by closing reason and by tag (E56): counted by the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from sessions_app.models import ClosingReason, Participant, Tag
from sessions_app.models.case_choices import CaseChoice
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.queries.overview import sessions_in
from sessions_app.queries.survey import controlled
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.reporting.durations import WholeSeconds
from supportcenter.reporting.numbers import average
from supportcenter.reporting.ranges import Range


@dataclass
class Outcome:
    """The sessions that have one reason, or one tag; `whole` is the number of all sessions in the range."""

    name: str
    whole: int = 0
    sessions: int = 0
    # Seconds, of all of them; how many customers rated, and the sum of what they gave.
    length: int = 0
    ratings: int = 0
    rated: int = 0
    # Those that have none are told last.
    is_none: bool = False

    @property
    def share(self) -> float | None:
        """Per cent of all sessions."""
        return round(100 * self.sessions / self.whole, 1) if self.whole else None

    @property
    def average_length(self) -> int | None:
        return round(self.length / self.sessions) if self.sessions else None

    @property
    def average_rating(self) -> float | None:
        return average(self.rated, self.ratings)


@dataclass
class Outcomes:
    days: Range
    # All sessions of the range.
    sessions: int = 0
    by_reason: list[Outcome] = field(default_factory=list)
    by_tag: list[Outcome] = field(default_factory=list)


def outcomes(user: User, since: date, until: date, *, csr: User | None = None) -> Outcomes:
    """Of the sessions that `user` may read about and that began in these days, with `csr` those they led last.

    A session counts for its reason, and for each of its tags. In six statements; there are as many rows as admins have
    made reasons and tags that these sessions have.
    """
    days = Range.of(since, until, timezone.get_current_timezone())
    sessions = controlled(sessions_in(user, days.span), csr)
    by_reason = _counted(sessions, "closing__reason")
    # A session without tags is one row as well.
    by_tag = _counted(sessions, "tags")
    whole = sum(one.sessions for one in by_reason.values())
    reasons = _named(by_reason, ClosingReason.objects.all(), gettext("No closing reason"), whole)
    return Outcomes(days, whole, reasons, _named(by_tag, Tag.objects.all(), gettext("No tag"), whole))


def _counted(sessions: SupportSessionQuerySet, which: str) -> dict[int | None, Outcome]:
    """By the keys of reasons or tags; None of those that have none."""
    length = WholeSeconds(Coalesce("ended_at", Value(clock.now())), F("started_at"))
    found = {
        key: Outcome("", sessions=count, length=seconds)
        for key, count, seconds in sessions.values_list(which).annotate(Count("pk"), seconds=Sum(length))
    }
    customers = Participant.objects.customers().filter(session__in=sessions.values("pk")).order_by()
    rated = customers.filter(survey_answer__isnull=False).values_list(f"session__{which}")
    for key, ratings, total in rated.annotate(Count("survey_answer"), Sum("survey_answer__rating")):
        # A session may have been closed or tagged between the two.
        if key in found:
            found[key].ratings, found[key].rated = ratings, total or 0
    return found


def _named(found: dict[int | None, Outcome], choices: Iterable[CaseChoice], none: str, whole: int) -> list[Outcome]:
    """Most sessions first, and those without any last."""
    names: dict[int | None, str] = {choice.pk: choice.label for choice in choices}
    names[None] = none
    known = [(key, one) for key, one in found.items() if key in names]
    for key, one in known:
        one.name, one.whole, one.is_none = names[key], whole, key is None
    return sorted((one for _key, one in known), key=lambda one: (one.is_none, -one.sessions, one.name))
