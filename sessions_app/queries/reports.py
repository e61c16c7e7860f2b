"""What the reports list: the sessions that a user may read about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypedDict, Unpack

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sessions_app.models import Participant, SupportSession, SurveyAnswer, Tag, TrackingValue
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.queries.narrowing import Narrowed
from sessions_app.queries.said import FoundLine, lines_saying
from sessions_app.rules.permissions import csrs_read
from supportcenter.accounts.models import User
from supportcenter.reporting.days import Span
from supportcenter.reporting.numbers import average

PAGE = 50
# Sessions that a search looks at before it asks the index, and those that it goes through for one page.
NEAR, FAR = 500, 2000


class Filters(TypedDict, total=False):
    """What narrows the list down; nothing said is all sessions."""

    span: Span | None
    csr: User | int | None
    text: str
    state: str
    # What has to be in a line of the chat (`wording.terms_of`); None, and not an empty list, if nothing has to.
    terms: list[str] | None
    # The value of any tracking field, in any spelling; and the key of a tag.
    tracked: str
    tag: int | None


class ListPage(NamedTuple):
    lines: list[SessionLine]
    # The `before` of the next page, if there is one.
    older: int | None = None
    # The start of the last session that was looked at, where the search stopped before it had a whole page.
    reached: datetime | None = None


def sessions_for(user: User, *, before: int | None = None, **filters: Unpack[Filters]) -> SupportSessionQuerySet:
    """The sessions `user` may read about, filtered, latest first, with everyone who was in them prefetched.

    With `before`, only what the list shows after the session with this key.
    """
    narrowed = _narrowed(user, **filters)
    terms = filters.get("terms")
    if terms is not None:
        _to_saying(narrowed, user, terms)
    return _whole(narrowed, before)


def page_for(user: User, *, before: int | None = None, **filters: Unpack[Filters]) -> ListPage:
    """A page of them, in bounded work: where many sessions match each filter, it may stop before the page is full."""
    narrowed, terms = _narrowed(user, **filters), filters.get("terms")
    if terms == []:
        # Punctuation alone: nothing has it, however far one looks.
        return ListPage([])
    if terms is not None:
        narrowed.to_saying(terms)
    if not narrowed.may_meet_rarely:
        return _with_words(page_of(_whole(narrowed, before)), terms)
    far = narrowed.at_most(FAR)
    near = min(NEAR, far)
    way = narrowed.way(before, far + 1)
    found = _along(narrowed, way[:near])
    if len(found) <= PAGE and len(way) > near:
        if terms is not None and user.is_manager and narrowed.to_few_saying(terms):
            return _with_words(page_of(_whole(narrowed, before)), terms)
        found += _along(narrowed, way[near:far], PAGE + 1 - len(found))
    if len(found) > PAGE or len(way) <= far:
        return _with_words(_page(found), terms)
    last = SupportSession.objects.filter(pk=way[far - 1]).values_list("started_at", flat=True).first()
    return _with_words(ListPage(_page(found).lines, way[far - 1], last), terms)


def page_of(sessions: QuerySet[SupportSession]) -> ListPage:
    """The first page of them."""
    return _page(list(sessions[: PAGE + 1]))


def _page(shown: list[SupportSession]) -> ListPage:
    older = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return ListPage([SessionLine(session) for session in shown[:PAGE]], older)


def _narrowed(user: User, **filters: Unpack[Filters]) -> Narrowed:
    found = SupportSession.objects.order_by("-started_at", "-pk")
    narrowed = Narrowed(found, filters.get("span"))
    own = csrs_read(user)
    if own is not None:
        narrowed.to_csrs(own)
    if csr := filters.get("csr"):
        narrowed.to_csrs([csr])
    if text := filters.get("text"):
        narrowed.to_mentioning(text)
    if state := filters.get("state"):
        narrowed.to_state(state)
    if tracked := filters.get("tracked"):
        narrowed.to_tracked(tracked)
    if tag := filters.get("tag"):
        narrowed.to_tagged(tag)
    return narrowed


def _to_saying(narrowed: Narrowed, user: User, terms: list[str]) -> None:
    """The index knows all sessions. How long it takes would tell a CSR what was said in those of others."""
    if not (terms and user.is_manager and narrowed.to_few_saying(terms)):
        narrowed.to_saying(terms)


def _whole(narrowed: Narrowed, before: int | None) -> SupportSessionQuerySet:
    if before:
        narrowed.to_before(before)
    return _with_people(narrowed.sessions)


def _along(narrowed: Narrowed, way: list[int], most: int | None = None) -> list[SupportSession]:
    """Those of a way that match, as it leads: a start may be later than that of a later key, by clocks that differ.

    So few at a time that PostgreSQL looks each up, and does not go through all rows to find theirs.
    """
    found: list[SupportSession] = []
    most = most or PAGE + 1
    for start in range(0, len(way), NEAR):
        here = narrowed.sessions.filter(pk__in=way[start : start + NEAR]).order_by("-pk")
        found += _with_people(here)[: most - len(found)]
        if len(found) == most:
            break
    return found


def _with_people(sessions: SupportSessionQuerySet) -> SupportSessionQuerySet:
    people = Participant.objects.select_related("survey_answer").order_by("joined_at", "pk")
    tracking = TrackingValue.objects.select_related("field").order_by("field__order", "field_id")
    tags = Tag.objects.order_by("order", "pk")
    return sessions.prefetch_related(
        Prefetch("participants", people), Prefetch("tracking", tracking), Prefetch("tags", tags)
    )


def _with_words(page: ListPage, terms: list[str] | None) -> ListPage:
    if not terms or not page.lines:
        return page
    said = lines_saying(terms, [line.session.pk for line in page.lines])
    return page._replace(lines=[SessionLine(line.session, said.get(line.session.pk, [])) for line in page.lines])


def csrs_to_choose(user: User) -> list[User]:
    """Of the CSRs about whom this user may read, those who have been in a session; none if that is themselves alone."""
    csrs = csrs_read(user)
    if csrs is not None and len(csrs) < 2:
        return []
    found = User.objects.filter(Exists(Participant.objects.filter(user=OuterRef("pk")))).order_by("username")
    return list(found if csrs is None else found.filter(pk__in=csrs))


@dataclass(frozen=True)
class SessionLine:
    """One session as a line of the list, on the page and in the CSV file."""

    session: SupportSession
    # Of a search for words.
    said: list[FoundLine] = field(default_factory=list)

    @property
    def csrs(self) -> list[Participant]:
        return self._people(Participant.Kind.CSR)

    @property
    def primary_user(self) -> int | None:
        """The key of the user who is or was last in control; None while it is in transfer, or if no one ever was."""
        in_control = (one.user_id for one in self.session.participants.all() if one.pk == self.session.primary_id)
        return next(in_control, None)

    @property
    def tracking(self) -> list[TrackingValue]:
        return list(self.session.tracking.all())

    @property
    def tags(self) -> list[Tag]:
        return list(self.session.tags.all())

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
