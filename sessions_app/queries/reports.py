"""What the reports list: the sessions that a user may read about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from sessions_app.models import Participant, SupportSession, SurveyAnswer
from sessions_app.models.session_numbers import digits_in
from sessions_app.models.support_session import SupportSessionQuerySet
from supportcenter.accounts.models import User
from supportcenter.reporting.days import Span
from supportcenter.reporting.numbers import average
from supportcenter.text.folding import fold

PAGE = 50


def sessions_for(
    user: User, *, span: Span | None = None, csr: User | None = None, text: str = "", state: str = ""
) -> SupportSessionQuerySet:
    """The sessions `user` may read about, filtered, latest first, with everyone who was in them prefetched."""
    found = SupportSession.objects.order_by("-pk")
    if not user.is_manager:
        found = found.filter(_has(Participant.objects.filter(user=user)))
    if span:
        found = found.filter(started_at__gte=span[0], started_at__lt=span[1])
    if csr:
        found = found.filter(_has(Participant.objects.filter(user=csr)))
    if text:
        found = found.filter(_mentions(text))
    if state:
        found = found.filter(_STATES[state]())
    people = Participant.objects.select_related("survey_answer").order_by("joined_at", "pk")
    return found.prefetch_related(Prefetch("participants", people))


def page_of(sessions: QuerySet[SupportSession], *, before: int | None = None) -> tuple[list[SessionLine], int | None]:
    """One page of them, and the `before` of the next page, or None if there is none."""
    if before:
        sessions = sessions.filter(pk__lt=before)
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


def _has(people: QuerySet[Participant]) -> Exists:
    return Exists(people.filter(session=OuterRef("pk")))


def _mentions(text: str) -> Q:
    """A customer's name in any spelling, or a part of the number. A text that folds to nothing matches no name."""
    folded, digits = fold(text), digits_in(text)
    named = Q(_has(Participant.objects.customers().filter(folded_name__contains=folded))) if folded else Q(pk=None)
    return named | Q(number__contains=digits) if digits else named


_HELPED = Participant.objects.customers().present()
_STATES: dict[str, Callable[[], Q]] = {
    "waiting": lambda: Q(ended_at=None, primary__isnull=False) & ~Q(_has(_HELPED)),
    "active": lambda: Q(ended_at=None, primary__isnull=False) & Q(_has(_HELPED)),
    "in_transfer": lambda: Q(ended_at=None, primary=None),
    "ended": lambda: Q(ended_at__isnull=False),
}
