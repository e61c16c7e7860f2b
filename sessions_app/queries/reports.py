"""What the reports list: the sessions that a user may read about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sessions_app.models import Participant, SupportSession, SurveyAnswer
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.queries.narrowing import Narrowed
from supportcenter.accounts.models import User
from supportcenter.reporting.days import Span
from supportcenter.reporting.numbers import average

PAGE = 50


def sessions_for(
    user: User,
    *,
    span: Span | None = None,
    csr: User | None = None,
    text: str = "",
    state: str = "",
    before: int | None = None,
) -> SupportSessionQuerySet:
    """The sessions `user` may read about, filtered, latest first, with everyone who was in them prefetched.

    With `before`, only what the list shows after the session with this key.
    """
    found = SupportSession.objects.order_by("-started_at", "-pk")
    narrowed = Narrowed(found, span[1] if span else None)
    if not user.is_manager:
        narrowed.to_csr(user)
    if csr:
        narrowed.to_csr(csr)
    if span:
        narrowed.to(started_at__gte=span[0])
    if text:
        narrowed.to_mentioning(text)
    if state:
        narrowed.to_state(state)
    if before:
        narrowed.to_before(before)
    people = Participant.objects.select_related("survey_answer").order_by("joined_at", "pk")
    return narrowed.sessions.prefetch_related(Prefetch("participants", people))


def page_of(sessions: QuerySet[SupportSession]) -> tuple[list[SessionLine], int | None]:
    """The first page of them, and the `before` of the next page, or None if there is none."""
    shown = list(sessions[: PAGE + 1])
    return [SessionLine(session) for session in shown[:PAGE]], shown[PAGE - 1].pk if len(shown) > PAGE else None


def csrs_to_choose() -> QuerySet[User]:
    """The users who have been in a session."""
    return User.objects.filter(Exists(Participant.objects.filter(user=OuterRef("pk")))).order_by("username")


@dataclass(frozen=True)
class SessionLine:
    """One session as a line of the list, on the page and in the CSV file."""

    session: SupportSession

    @property
    def csrs(self) -> list[Participant]:
        return self._people(Participant.Kind.CSR)

    @property
    def primary_user(self) -> int | None:
        """The key of the user who is or was last in control; None while it is in transfer, or if no one ever was."""
        in_control = (one.user_id for one in self.session.participants.all() if one.pk == self.session.primary_id)
        return next(in_control, None)

    @property
    def customers(self) -> list[Participant]:
        return self._people(Participant.Kind.CUSTOMER)

    @property
    def answers(self) -> list[SurveyAnswer]:
        return [one.survey_answer for one in self.customers if hasattr(one, "survey_answer")]

    @property
    def rating(self) -> float | None:
        return average(sum(answer.rating for answer in self.answers), len(self.answers))

    def _people(self, kind: str) -> list[Participant]:
        """Each person once: those who left and came back have several rows."""
        people = [one for one in self.session.participants.all() if one.kind == kind]
        return list({one.user_id or one.pk: one for one in people}.values())
