"""What customers said after the sessions of some days: figures counted by the database, and the answers themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from sessions_app.models import Participant, SurveyAnswer, SurveyQuestion, SurveyReply
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.queries.overview import is_kept, is_since, sessions_in
from sessions_app.queries.survey_replies import Replies, count_replies
from sessions_app.rules.permissions import csrs_read, seats_read
from supportcenter.accounts.models import User
from supportcenter.reporting.csv_file import MOST_ROWS
from supportcenter.reporting.local_hours import LocalHours
from supportcenter.reporting.numbers import average
from supportcenter.reporting.ranges import Range
from supportcenter.right_of_way import giving_way

RATINGS = range(1, 6)
PAGE, AT_ONCE = 50, 500
LATEST = ["-participant__session__started_at", "-participant_id"]
ANSWER = ["survey_answer__rating", "survey_answer__solved"]
REPLIES = Prefetch("replies", SurveyReply.objects.select_related("question"))
# Who was last in control, with what their name is made of.
CSR = [f"session__primary__{one}" for one in ("user", "user__username", "user__first_name", "user__last_name")]


@dataclass
class Answers:
    """How many customers could have answered, and what those who did have said."""

    name: str = ""
    customers: int = 0
    by_rating: Counter[int] = field(default_factory=Counter)
    by_solved: Counter[str] = field(default_factory=Counter)

    @property
    def ratings(self) -> int:
        return sum(self.by_rating.values())

    @property
    def average_rating(self) -> float | None:
        return average(sum(rating * count for rating, count in self.by_rating.items()), self.ratings)

    @property
    def response(self) -> float | None:
        """Per cent of the customers who answered."""
        return round(100 * self.ratings / self.customers, 1) if self.customers else None

    def add(self, rating: int | None, solved: str | None, count: int, admitted: int) -> None:
        self.customers += admitted
        # Who has pressed a number and no more says nothing of the problem: that counts as "", not answered.
        if rating is not None and solved is not None:
            self.by_rating[rating] += count
            self.by_solved[solved] += count


@dataclass
class Survey:
    days: Range
    now: Answers = field(default_factory=Answers)
    before: Answers = field(default_factory=Answers)
    # Of the range itself, by who was last in control, most answers first.
    by_csr: list[Answers] = field(default_factory=list)
    # By the day on which the session began: how many answers, and the sum of their ratings.
    count_by_day: Mapping[date, int] = field(default_factory=dict)
    rated_by_day: Mapping[date, int] = field(default_factory=dict)
    # What was said to the admins' questions.
    questions: list[Replies] = field(default_factory=list)


def survey(user: User, since: date, until: date, *, csr: User | None = None) -> Survey:
    """What the customers said of the sessions that `user` may read about and that began in these days.

    With `csr`, of those in which they were last in control. Four statements, however many there are, and a fifth if
    admins have asked questions of their own.
    """
    days = Range.of(since, until, timezone.get_current_timezone())
    found = Survey(days)
    _count_answers(found, controlled(sessions_in(user, days.span_before, days.span), csr), csrs_read(user))
    if not is_kept(days.span_before[0]):
        found.before = Answers()
    sessions = controlled(sessions_in(user, days.span), csr)
    _count_days(found, sessions)
    found.questions = count_replies(sessions)
    return found


def questions_in(user: User, since: date, until: date, *, csr: User | None = None) -> list[SurveyQuestion]:
    """The admins' questions that were answered in these days, as many as a report shows."""
    days = Range.of(since, until, timezone.get_current_timezone())
    return [each.question for each in count_replies(controlled(sessions_in(user, days.span), csr))]


def answers_for(
    user: User,
    since: date,
    until: date,
    *,
    csr: User | None = None,
    rating: int | None = None,
    before: int | None = None,
) -> list[SurveyAnswer]:
    """A page of the answers, of the latest session first, and one more if there are more.

    With `before`, what the list shows after the answer of the participant with this key.
    """
    found = _listed(user, since, until, csr, rating)
    if before:
        found = found.filter(_after(before))
    people = found.select_related("participant__session__primary").prefetch_related(REPLIES)
    return list(people.order_by(*LATEST)[: PAGE + 1])


def all_answers(
    user: User, since: date, until: date, *, csr: User | None = None, rating: int | None = None
) -> Iterator[SurveyAnswer]:
    """As many of the answers as fit into a file, read some hundred at a time, with no cursor open meanwhile."""
    listed = _listed(user, since, until, csr, rating).order_by(*LATEST)
    keys = list(giving_way(listed.values_list("pk", flat=True)[: MOST_ROWS + 1].iterator(chunk_size=AT_ONCE)))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        answers = SurveyAnswer.objects.select_related("participant__session__primary").prefetch_related("replies")
        read = answers.in_bulk(some)
        yield from (read[key] for key in some if key in read)


def _listed(user: User, since: date, until: date, csr: User | None, rating: int | None) -> QuerySet[SurveyAnswer]:
    days = Range.of(since, until, timezone.get_current_timezone())
    # Of the session that the list is ordered by: through a subquery, all later sessions would be gone through first.
    start, (since, until) = "participant__session__started_at", days.span
    answers = SurveyAnswer.objects.filter(**{f"{start}__gte": since, f"{start}__lt": until})
    seats = seats_read(user)
    if seats is not None:
        answers = answers.filter(Exists(Participant.objects.filter(seats, session=OuterRef("participant__session"))))
    if csr:
        answers = answers.filter(_led_by(csr, "participant__session__primary"))
    return answers.filter(rating=rating) if rating else answers


def _after(key: int) -> Q:
    """What is listed after this participant's answer; if they are gone, what has an earlier key."""
    at = Participant.objects.filter(pk=key).values_list("session__started_at", flat=True).first()
    earlier = Q(participant__lt=key)
    if at is None:
        return earlier
    start = "participant__session__started_at"
    return Q(**{f"{start}__lt": at}) | Q(**{start: at}) & earlier


def controlled(sessions: SupportSessionQuerySet, csr: User | None) -> SupportSessionQuerySet:
    return sessions.filter(_led_by(csr, "primary")) if csr else sessions


def _led_by(csr: User, primary: str) -> Exists:
    """Asked of each session: else SQLite begins with all sessions that the CSR ever was in."""
    return Exists(Participant.objects.filter(pk=OuterRef(primary), user=csr))


def _count_answers(found: Survey, sessions: SupportSessionQuerySet, csrs: list[int] | None) -> None:
    """Those of each CSR only of these, or with None of all."""
    customers = Participant.objects.customers().filter(session__in=sessions.values("pk")).order_by()
    since = is_since("session__started_at", found.days)
    counted = customers.values_list(since, *ANSWER, *CSR).annotate(Count("pk"), Count("admitted_at"))
    by_csr: dict[int, Answers] = {}
    for is_now, rating, solved, csr, *names, count, admitted in counted:
        (found.now if is_now else found.before).add(rating, solved, count, admitted)
        if is_now and csr is not None and (csrs is None or csr in csrs):
            one = by_csr.setdefault(csr, Answers(_display_name(*names)))
            one.add(rating, solved, count, admitted)
    found.by_csr = sorted(by_csr.values(), key=lambda one: (-one.ratings, one.name))


def _display_name(username: str, first: str, last: str) -> str:
    return User(username=username, first_name=first, last_name=last).display_name


def _count_days(found: Survey, sessions: SupportSessionQuerySet) -> None:
    hours = LocalHours.within(found.days.zone, found.days.span)
    answers = SurveyAnswer.objects.filter(participant__session__in=sessions.values("pk")).order_by()
    piece = hours.piece("participant__session__started_at")
    counted = list(answers.values_list(piece).annotate(count=Count("pk"), sum=Sum("rating")))
    found.count_by_day = hours.by_day((piece, count) for piece, count, _rated in counted)
    found.rated_by_day = hours.by_day((piece, rated) for piece, _count, rated in counted)
