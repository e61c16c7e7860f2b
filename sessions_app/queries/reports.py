"""What the reports count: the sessions one may read of, and what each representative did in them."""

from dataclasses import dataclass, field
from statistics import mean

from django.db.models import Exists, OuterRef, Prefetch, Q

from sessions_app.models import Participant, SupportSession
from sessions_app.models.session_numbers import digits_in
from supportcenter.accounts.models import User
from supportcenter.text.folding import fold

PAGE = 50


def sessions_for(user, *, span=None, csr=None, text="", state=""):
    """The sessions `user` may read of, narrowed down, latest first, with everybody who was in them."""
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


def page_of(sessions, *, before=None):
    """One page of them, and the place from which the next goes on; None if there is none."""
    if before:
        sessions = sessions.filter(pk__lt=before)
    shown = list(sessions[: PAGE + 1])
    return [SessionLine(session) for session in shown[:PAGE]], shown[PAGE - 1].pk if len(shown) > PAGE else None


def csrs_to_choose():
    """Whoever has been in a session."""
    return User.objects.filter(Exists(Participant.objects.filter(user=OuterRef("pk")))).order_by("username")


@dataclass(frozen=True)
class SessionLine:
    """One session as a line of the list, on the page and in the file."""

    session: SupportSession

    @property
    def csrs(self):
        return self._people(Participant.Kind.CSR)

    @property
    def primary_user(self):
        """Who is in control, or was at the end; None while it is in transfer, or if nobody took it."""
        in_control = (one.user_id for one in self.session.participants.all() if one.pk == self.session.primary_id)
        return next(in_control, None)

    @property
    def customers(self):
        return self._people(Participant.Kind.CUSTOMER)

    @property
    def answers(self):
        return [one.survey_answer for one in self.customers if hasattr(one, "survey_answer")]

    @property
    def rating(self):
        return average(answer.rating for answer in self.answers)

    def _people(self, kind):
        """Each once: whoever left and came back has several rows."""
        people = [one for one in self.session.participants.all() if one.kind == kind]
        return list({one.user_id or one.pk: one for one in people}.values())


@dataclass
class CsrFigures:
    """What one representative did. A session counts for the one who was in control last; the others assisted."""

    name: str
    lengths: list[int] = field(default_factory=list)
    customers: int = 0
    assisted: int = 0
    ratings: list[int] = field(default_factory=list)

    @property
    def sessions(self):
        return len(self.lengths)

    @property
    def total_length(self):
        return sum(self.lengths)

    @property
    def average_length(self):
        return round(mean(self.lengths)) if self.lengths else None

    @property
    def average_rating(self):
        return average(self.ratings)

    def count(self, line, *, in_control):
        if not in_control:
            self.assisted += 1
            return
        self.lengths.append(line.session.length)
        self.customers += sum(one.is_admitted for one in line.customers)
        self.ratings += [answer.rating for answer in line.answers]


def figures_by_csr(user, span):
    """The figures of every representative, most sessions first; of `user` alone, unless he is a manager."""
    found = {}
    for session in sessions_for(user, span=span).iterator(chunk_size=500):
        line = SessionLine(session)
        for csr in line.csrs:
            if user.is_manager or csr.user_id == user.pk:
                found.setdefault(csr.user_id, CsrFigures(csr.name)).count(
                    line, in_control=csr.user_id == line.primary_user
                )
    return sorted(found.values(), key=lambda figures: (-figures.sessions, figures.name))


def average(numbers):
    numbers = list(numbers)
    return round(mean(numbers), 1) if numbers else None


def _has(people):
    return Exists(people.filter(session=OuterRef("pk")))


def _mentions(text):
    """A customer's name however it is written (an empty one is in every name), or a part of the number."""
    folded, digits = fold(text), digits_in(text)
    named = Q(_has(Participant.objects.customers().filter(folded_name__contains=folded))) if folded else Q(pk=None)
    return named | Q(number__contains=digits) if digits else named


_HELPED = Participant.objects.customers().present()
_STATES = {
    "waiting": lambda: Q(ended_at=None, primary__isnull=False) & ~Q(_has(_HELPED)),
    "active": lambda: Q(ended_at=None, primary__isnull=False) & Q(_has(_HELPED)),
    "in_transfer": lambda: Q(ended_at=None, primary=None),
    "ended": lambda: Q(ended_at__isnull=False),
}
