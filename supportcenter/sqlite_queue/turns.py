"""The lock at which the writers of a process stand: who has waited for long comes next, whatever the others do.

A lock of Python's goes to who asks first after it is free, which most often is the thread that has just given it back:
a job of many short transactions kept a line of chat waiting for as long as it took. Handing it over each time would be
fair, and slow: nobody writes until the next thread has woken up. So it is handed over to who has waited for `LONG`.
"""

import threading
import time
from collections import deque

# Seconds: an ordinary transaction or two.
LONG = 0.004


class Turns:
    """Used as `threading.RLock`: the thread that has it may take it again, and gives it back as often."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        self._waiting: deque[_Waiter] = deque()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        me = threading.get_ident()
        with self._guard:
            if self._take(me):
                return True
            if not blocking:
                return False
            waiter = _Waiter(me)
            self._waiting.append(waiter)
        return self._wait(waiter, None if timeout < 0 else waiter.since + timeout)

    def release(self) -> None:
        with self._guard:
            if self._owner != threading.get_ident():
                raise RuntimeError("It is given back by who has it.")
            self._depth -= 1
            if self._depth:
                return
            self._owner = None
            if self._waiting:
                first = self._waiting[0]
                if first.has_waited_for_long:
                    self._waiting.popleft()
                    self._take(first.thread)
                first.ring()

    def _take(self, thread: int) -> bool:
        if self._owner not in (None, thread):
            return False
        self._owner, self._depth = thread, self._depth + 1
        return True

    def _wait(self, waiter: "_Waiter", until: float | None) -> bool:
        while True:
            rang = waiter.bell.acquire(timeout=-1 if until is None else max(0, until - time.monotonic()))
            with self._guard:
                # It has been handed over, or it was free just now.
                if self._owner == waiter.thread:
                    return True
                if self._owner is None or not rang:
                    self._waiting.remove(waiter)
                    return self._owner is None and self._take(waiter.thread)


class _Waiter:
    def __init__(self, thread: int) -> None:
        self.thread = thread
        self.since = time.monotonic()
        # Held until somebody rings.
        self.bell = threading.Lock()
        self.bell.acquire()

    def ring(self) -> None:
        if self.bell.locked():
            self.bell.release()

    @property
    def has_waited_for_long(self) -> bool:
        return time.monotonic() - self.since > LONG
