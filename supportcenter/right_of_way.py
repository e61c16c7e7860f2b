"""Who answers one person's short request goes first; who reads much stands aside meanwhile, a moment at a time.

Threads of one process share one interpreter, so two readers of long tables would take two thirds of everybody's time.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Row = TypeVar("Row")

# Seconds that a reader stands aside at a time, and then works in any case: however busy the site is, reading takes five
# times as long and no longer.
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
        if self._first and time.monotonic() >= getattr(self._readers, "works_until", 0):
            with self._is_clear:
                is_clear = self._is_clear.wait_for(lambda: not self._first, PATIENCE)
            if not is_clear:
                self._readers.works_until = time.monotonic() + SHARE


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


def give_way_before_query(execute: Callable[..., Any], *query: Any) -> Any:
    """For `connection.execute_wrapper`."""
    right_of_way.give()
    return execute(*query)
