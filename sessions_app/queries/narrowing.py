"""Narrow the list of sessions down without going through all of them.

What few sessions match is listed first, by an index, and those are looked up. What many match is met soon on the way
from the latest session backwards.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from sessions_app.models import Participant, SupportSession
from sessions_app.models.name_index import named, some_named
from sessions_app.models.session_numbers import LENGTH, digits_in
from sessions_app.models.support_session import SupportSessionQuerySet
from supportcenter.accounts.models import User
from supportcenter.text.folding import fold

# Beyond so many, sessions are not listed.
FEW = 300
# Digits from which on a text is searched for as the beginning of a number.
LEAST_DIGITS = 3
# Sessions with later keys have later starts, but for clocks that differ.
CLOCKS_DIFFER = timedelta(days=1)


class Narrowed:
    """Sessions in the order of their starts, narrowed down step by step."""

    def __init__(self, sessions: SupportSessionQuerySet, until: datetime | None = None) -> None:
        self._sessions = sessions
        self._until = until

    @property
    def sessions(self) -> SupportSessionQuerySet:
        # One end alone: of several, SQLite takes any for where it begins in the index.
        return self._sessions.filter(started_at__lt=self._until) if self._until else self._sessions

    def to(self, *which: Q | Exists, **fields: Any) -> None:
        self._sessions = self._sessions.filter(*which, **fields)

    def to_csr(self, user: User | int) -> None:
        """Those that a CSR was in."""
        own = Participant.objects.filter(user=user)
        keys = _listed(own.order_by("-session"), "session")
        if len(keys) <= FEW:
            return self.to(pk__in=keys)
        # Not from today backwards, if the CSR has long been gone.
        last = SupportSession.objects.filter(pk__in=keys).aggregate(last=Max("started_at"))["last"]
        self._end_before(last + CLOCKS_DIFFER)
        return self.to(_has(own))

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
            return self.to(pk__in=keys)
        return self.to(numbered | Q(_has(customers.filter(named(folded)))) if folded else numbered)

    def to_state(self, state: str) -> None:
        if state == "ended":
            return self.to(ended_at__isnull=False)
        keys = _listed(SupportSession.objects.open().order_by(), "pk")
        if len(keys) <= FEW:
            self.to(pk__in=keys)
        return self.to(_RUNNING[state]())

    def to_before(self, key: int) -> None:
        """What the list shows after the session with this key; if that is gone, what has an earlier key."""
        at = SupportSession.objects.filter(pk=key).values_list("started_at", flat=True).first()
        if at is None:
            return self.to(pk__lt=key)
        self._end_before(at + datetime.resolution)
        return self.to(~Q(started_at=at, pk__gte=key))

    def _end_before(self, end: datetime) -> None:
        self._until = min(self._until or end, end)


def _has(people: QuerySet[Participant]) -> Exists:
    return Exists(people.filter(session=OuterRef("pk")))


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
