"""Narrow the list of sessions down without going through all of them.

What few sessions match is listed first, by an index, and those are looked up. What many match is met soon on the way
from the latest session backwards; what several filters match together may not be, so such a way goes so far at a time.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from sessions_app.models import ChatMessage, Participant, SupportSession, TrackingValue
from sessions_app.models.name_index import named, some_named
from sessions_app.models.session_numbers import LENGTH, digits_in
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.models.word_index import found_by_index, saying
from supportcenter.accounts.models import User
from supportcenter.reporting.days import Span
from supportcenter.text.folding import fold

# Beyond so many, sessions are not listed, nor lines.
FEW, FEW_LINES = 300, 1000
# CSRs whose sessions are merged; of more, as of all, the way leads along every session. And the shortest such way.
MOST_MERGED, LEAST_MERGED = 200, 100
# Digits from which on a text is searched for as the beginning of a number.
LEAST_DIGITS = 3
# Sessions with later keys have later starts, but for clocks that differ.
CLOCKS_DIFFER = timedelta(days=1)
# As much as processes differ that go by one database's clock, and more.
A_LITTLE = timedelta(hours=1)
LAST_KEY = 2**63 - 1
_TAGS = SupportSession.tags.through


class Narrowed:
    """Sessions in the order of their starts, narrowed down step by step."""

    def __init__(self, sessions: SupportSessionQuerySet, span: Span | None = None) -> None:
        self._sessions = sessions
        self._span, self._until = span, span[1] if span else None
        # Whose sessions the way leads along, the rows of each CSR: of all others, it would go through too many.
        self._own: Sequence[QuerySet[Participant]] = ()
        self._is_listed = self._is_common = False
        if span:
            self.to(started_at__gte=span[0])

    @property
    def may_meet_rarely(self) -> bool:
        """Whether many sessions match each filter, and perhaps few or none match all of them."""
        return self._is_common and not self._is_listed

    @property
    def sessions(self) -> SupportSessionQuerySet:
        # One end alone: of several, SQLite takes any for where it begins in the index.
        return self._sessions.filter(started_at__lt=self._until) if self._until else self._sessions

    def to(self, *which: "Q | GreaterThan[Any]", **fields: Any) -> None:
        self._sessions = self._sessions.filter(*which, **fields)

    def to_csrs(self, users: Sequence[User | int]) -> None:
        """Those that one of these CSRs was in."""
        own = Participant.objects.filter(user__in=users)
        if len(users) > MOST_MERGED:
            self._is_common = True
            return self.to(_meets(own))
        each = [Participant.objects.filter(user=user) for user in users]
        keys = _latest(each, FEW + 1)
        if len(keys) <= FEW:
            return self._to_listed(keys)
        self._is_common, self._own = True, each
        # Not from today backwards, if they have long been gone.
        last = SupportSession.objects.filter(pk__in=keys).aggregate(last=Max("started_at"))["last"]
        self._end_before(last + CLOCKS_DIFFER)
        return self.to(_meets(own))

    def to_mentioning(self, text: str) -> None:
        """Those with this in a customer's name, in any spelling, or at the beginning of their number.

        A text that folds to nothing matches no name.
        """
        folded, numbered = fold(text), _numbered(digits_in(text) or "")
        keys = _listed(SupportSession.objects.filter(numbered).order_by(), "pk")
        customers = Participant.objects.customers()
        if folded:
            keys += _listed(customers.filter(some_named(folded, FEW + 1)).order_by(), "session")
        if len(keys) <= FEW:
            return self._to_listed(keys)
        self._is_common = True
        return self.to(numbered | Q(_meets(customers.filter(named(folded)))) if folded else numbered)

    def to_saying(self, terms: list[str]) -> None:
        """Those with a line in whose words all these terms are."""
        self._is_common = True
        self.to(_meets(ChatMessage.objects.filter(saying(terms))))

    def to_few_saying(self, terms: list[str]) -> bool:
        """As `to_saying`, by the index; false if there are many such lines, or no index."""
        lines = found_by_index(terms, FEW_LINES + 1) if terms else ChatMessage.objects.none()
        found = None if lines is None else list(lines.values_list("session", flat=True))
        if found is None or len(found) > FEW_LINES:
            return False
        self._to_listed(list(set(found)))
        return True

    def to_state(self, state: str) -> None:
        if state == "ended":
            return self.to(ended_at__isnull=False)
        keys = _listed(SupportSession.objects.open().order_by(), "pk")
        if len(keys) <= FEW:
            self._to_listed(keys)
        self._is_common = True
        return self.to(_RUNNING[state]())

    def to_tracked(self, text: str) -> None:
        """Those that have this value in one of their tracking fields, in any spelling."""
        self._to_rows(TrackingValue.objects.filter(folded_value=fold(text)))

    def to_tagged(self, tag: int) -> None:
        self._to_rows(_TAGS.objects.filter(tag=tag), "supportsession")

    def _to_rows(self, rows: QuerySet[Any], session: str = "session") -> None:
        """Those that a row is about: few are listed, many are met on the way."""
        keys = _listed(rows.order_by(), session)
        if len(keys) <= FEW:
            return self._to_listed(keys)
        self._is_common = True
        return self.to(_meets(rows, session))

    def to_before(self, key: int) -> None:
        """What the list shows after the session with this key; if that is gone, what has an earlier key."""
        at = SupportSession.objects.filter(pk=key).values_list("started_at", flat=True).first()
        if at is None:
            return self.to(pk__lt=key)
        self._end_before(at + datetime.resolution)
        return self.to(~Q(started_at=at, pk__gte=key))

    def at_most(self, far: int) -> int:
        """So many sessions of a way, or fewer where those of several CSRs are merged: each has to give as many."""
        return max(far // len(self._own), LEAST_MERGED) if len(self._own) > 1 else far

    def way(self, before: int | None, most: int) -> list[int]:
        """At most so many keys of sessions, from the latest or the one before this backwards, with all that match."""
        ways: Sequence[QuerySet[Any]] = self._own or [SupportSession.objects.annotate(session=F("pk"))]
        return _latest([self._between(rows, before) for rows in ways], most)

    def _between(self, rows: QuerySet[Any], before: int | None) -> QuerySet[Any]:
        rows = rows.filter(session__lt=before) if before else rows
        if not self._span:
            return rows
        since, until = self._span
        return rows.filter(
            session__gt=_key("-started_at", 0, started_at__lt=since - A_LITTLE),
            session__lt=_key("started_at", LAST_KEY, started_at__gte=until + A_LITTLE),
        )

    def _to_listed(self, keys: list[int]) -> None:
        self._is_listed = True
        self.to(pk__in=keys)

    def _end_before(self, end: datetime) -> None:
        self._until = min(self._until or end, end)


def _key(order: str, otherwise: int, **started: datetime) -> Coalesce:
    """The key of the first session in this order."""
    keys = SupportSession.objects.filter(**started).order_by(order).values("pk")[:1]
    return Coalesce(Subquery(keys), otherwise)


def _has(people: QuerySet[Participant]) -> Exists:
    return Exists(people.filter(session=OuterRef("pk")))


def _meets(rows: QuerySet[Any], session: str = "session") -> "GreaterThan[Any]":
    """As `Exists`, asked of each session: where many rows match, PostgreSQL would rather read all of them."""
    return GreaterThan(Subquery(rows.filter(**{session: OuterRef("pk")}).order_by().values("pk")[:1]), 0)


def _latest(each: Sequence[QuerySet[Any]], most: int) -> list[int]:
    """The latest sessions of all these rows, each of which is asked for its own latest alone, by an index."""
    latest = [rows.order_by("-session").values_list("session", flat=True) for rows in each]
    if len(latest) == 1:
        return list(dict.fromkeys(latest[0][:most]))
    # Several of a team may have been in one session.
    some = [one.distinct()[:most] for one in latest]
    parts = [SupportSession.objects.filter(pk__in=one).order_by().values_list("pk", flat=True) for one in some]
    return list(parts[0].union(*parts[1:]).order_by("-pk")[:most])


def _listed(rows: QuerySet[Any], key: str) -> list[int]:
    return list(rows.values_list(key, flat=True)[: FEW + 1])


def _numbered(digits: str) -> Q:
    """Numbers that begin with these digits, as a range, for which any database uses its index."""
    if not LEAST_DIGITS <= len(digits) <= LENGTH:
        return Q(pk__in=[])
    return Q(number__gte=digits.ljust(LENGTH, "0"), number__lte=digits.ljust(LENGTH, "9"))


_HELPED = Participant.objects.customers().present()
_RUNNING: dict[str, Callable[[], Q]] = {
    "waiting": lambda: Q(ended_at=None, primary__isnull=False) & ~Q(_has(_HELPED)),
    "active": lambda: Q(ended_at=None, primary__isnull=False) & Q(_has(_HELPED)),
    "in_transfer": lambda: Q(ended_at=None, primary=None),
}
