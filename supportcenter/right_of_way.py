"""Who answers one person's short request goes first; who reads much stands aside meanwhile, a moment at a time.

Threads of one process share one interpreter, so two readers of long tables would take two thirds of everybody's time.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Row = TypeVar("Row")

# Seconds that a reader stands aside, in one go or several, and then works in any case: however busy the site is,
# reading takes no more than five times as long.
PATIENCE, SHARE = 0.02, 0.005


class RightOfWay:
    def __init__(self) -> None:
        self._first = 0
        self._is_clear = threading.Condition()
        self._readers = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A short request is being answered."""
        with self._is_clear:
            self._first += 1
        try:
            yield
        finally:
            with self._is_clear:
                self._first -= 1
                if not self._first:
                    self._is_clear.notify_all()

    def give(self) -> None:
        """Wait until no short request is being answered, but not longer than a reader has to."""
        me, began = self._readers, time.monotonic()
        if not self._first or began < getattr(me, "works_until", 0):
            return
        waited = getattr(me, "waited", 0)
        with self._is_clear:
            self._is_clear.wait_for(lambda: not self._first, PATIENCE - waited)
        now = time.monotonic()
        me.waited = waited + now - began
        if me.waited >= PATIENCE:
            me.waited, me.works_until = 0, now + SHARE


right_of_way = RightOfWay()


def giving_way(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, standing aside before each."""
    for row in rows:
        right_of_way.give()
        yield row


class GivingWay(Collection[Row]):
    """A list that is iterated as `giving_way` does; templates ask a list for its length."""

    def __init__(self, rows: Collection[Row]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return giving_way(self._rows)

    def __contains__(self, row: object) -> bool:
        return row in self._rows


def give_way_before_query(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """For `connection.execute_wrapper`. Not in a transaction, nor as it begins: others may wait for what it locks."""
    if not (rest[-1]["connection"].in_atomic_block or sql.startswith("BEGIN")):
        right_of_way.give()
    return execute(sql, *rest)
