"""The list of sessions as a file needs it: a few plain values of each, read some hundred at a time."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext

from sessions_app.models import Participant, SessionClosing, SupportSession, TrackingValue
from sessions_app.models.support_session import SupportSessionQuerySet
from supportcenter import clock
from supportcenter.kept_sql import OneOf
from supportcenter.reporting.csv_file import MOST_ROWS
from supportcenter.reporting.numbers import average
from supportcenter.right_of_way import giving_way

# Sessions read at a time, with five queries, or six where some of them are open.
AT_ONCE = 500


@dataclass(slots=True)
class People:
    """Who was in one session. Names by person: those who left and came back are named once, as they were last."""

    csrs: dict[int, str] = field(default_factory=dict)
    customers: dict[int, str] = field(default_factory=dict)
    ratings: list[int] = field(default_factory=list)


@dataclass(slots=True)
class CaseLine:
    """What staff kept about one session; tracking values by the keys of their fields."""

    tracking: dict[int, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    reason: str = ""


# Most sessions have nothing of it; it is read alone.
NOTHING_KEPT = CaseLine()


@dataclass(slots=True)
class FileLine:
    """One session, with nothing but what the file says of it; `reports.SessionLine` is the same for the page."""

    number: str
    started_at: datetime
    ended_at: datetime | None
    end_reason: str
    state: str
    people: People
    case: CaseLine

    @property
    def length(self) -> int:
        length = (self.ended_at or clock.now()) - self.started_at
        return length.days * 86_400 + length.seconds

    @property
    def rating(self) -> float | None:
        ratings = self.people.ratings
        return average(sum(ratings), len(ratings)) if ratings else None


def file_lines(sessions: SupportSessionQuerySet) -> Iterator[FileLine]:
    """`sessions` in their order, each as a line.

    First come all the keys that fit into a file, eight bytes each: the search is done once, and a reader who takes an
    hour for the file keeps no cursor open meanwhile, for which SQLite's log would have to grow. A session that is
    deleted meanwhile is left out.
    """
    keys = sessions.prefetch_related(None).values_list("pk", flat=True)[: MOST_ROWS + 1]
    found = array("q", giving_way(keys.iterator(chunk_size=AT_ONCE)))
    for start in range(0, len(found), AT_ONCE):
        yield from _read(found[start : start + AT_ONCE].tolist())


def _read(keys: Sequence[int]) -> Iterator[FileLine]:
    rows = SupportSession.objects.filter(OneOf(F("pk"), keys)).order_by()
    columns = rows.values_list("pk", "number", "started_at", "ended_at", "end_reason", "primary")
    read = {row[0]: row for row in columns}
    people, case, helped = (
        _people_in(keys),
        _case_of(keys),
        _helped([row[0] for row in read.values() if row[3] is None]),
    )
    for row in filter(None, map(read.get, keys)):
        key, number, started_at, ended_at, end_reason, primary = row
        state = _state(ended_at, primary, is_helped=key in helped)
        yield FileLine(number, started_at, ended_at, end_reason, state, people[key], case.get(key, NOTHING_KEPT))


def _people_in(keys: Sequence[int]) -> defaultdict[int, People]:
    erased, customer = gettext("erased customer"), Participant.Kind.CUSTOMER.value
    found: defaultdict[int, People] = defaultdict(People)
    rows = Participant.objects.filter(OneOf(F("session"), keys)).order_by("joined_at", "pk")
    for key, pk, kind, user, name, rating in rows.values_list(
        "session", "pk", "kind", "user", "name", "survey_answer__rating"
    ):
        people = found[key]
        if kind != customer:
            people.csrs[user or pk] = name or erased
            continue
        people.customers[pk] = name or erased
        if rating is not None:
            people.ratings.append(rating)
    return found


def _case_of(keys: Sequence[int]) -> defaultdict[int, CaseLine]:
    found: defaultdict[int, CaseLine] = defaultdict(CaseLine)
    values = TrackingValue.objects.filter(OneOf(F("session"), keys)).order_by()
    for key, tracked, value in values.values_list("session", "field", "value"):
        found[key].tracking[tracked] = value
    links = SupportSession.tags.through.objects.filter(OneOf(F("supportsession"), keys)).select_related("tag")
    for link in links.order_by("tag__order", "tag"):
        found[link.supportsession_id].tags.append(link.tag.label)
    closings = SessionClosing.objects.filter(OneOf(F("session"), keys), reason__isnull=False).select_related("reason")
    for closing in closings.order_by():
        found[closing.session_id].reason = closing.reason.label if closing.reason else ""
    return found


def _helped(running: Sequence[int]) -> set[int]:
    """Those of the open sessions in which a customer is present; few files have many, and most of a file none."""
    if not running:
        return set()
    helped = Participant.objects.customers().present().filter(OneOf(F("session"), running)).order_by()
    return set(helped.values_list("session", flat=True))


def _state(ended_at: datetime | None, primary: int | None, *, is_helped: bool) -> str:
    """As `SupportSession.state`."""
    if ended_at:
        return "ended"
    if primary is None:
        return "in_transfer"
    return "active" if is_helped else "waiting"
