"""What `manage.py doctor`, the status page in the admin and the line at start-up look at: one registry of checks.

Each app registers its checks in its `health.py`.

@health_check("ffmpeg")
def ffmpeg() -> Iterator[Finding]:
    yield warn(gettext("Not installed."), do=gettext("Install it."))
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from django.db import connection, connections
from django.utils import translation
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext

# Seconds that a check may take: a server that is dead must not keep the others from being seen.
PATIENCE = 10


class Level(Enum):
    OK = "ok"
    # It works, with less than it could do.
    WARN = "warn"
    # Something that people need does not work, or will not for long.
    FAIL = "FAIL"


class Finding(NamedTuple):
    level: Level
    words: str
    # What to do about it.
    do: str = ""


Look = Callable[[], Iterable[Finding]]


class Check(NamedTuple):
    look: Look
    # It sends something or asks strangers: only when somebody wants to know, not when a page is drawn.
    active: bool
    patience: float


_checks: dict[str, Check] = {}
# Looks that have not come to an end: nobody looks there again meanwhile.
_under_way: dict[str, threading.Thread] = {}


def health_check(name: str, *, active: bool = False, patience: float = PATIENCE) -> Callable[[Look], Look]:
    """Register the decorated function, which yields its findings; an exception is a finding too.

    An `active` one sends something or takes long: it is left to `manage.py doctor` and to a press of the button.
    """

    def register(look: Look) -> Look:
        assert _checks.setdefault(name, Check(look, active, patience)).look is look, f"{name} is looked at already"
        return look

    return register


def ok(words: str) -> Finding:
    return Finding(Level.OK, words)


def warn(words: str, do: str = "") -> Finding:
    return Finding(Level.WARN, words, do)


def fail(words: str, do: str = "") -> Finding:
    return Finding(Level.FAIL, words, do)


def left_out() -> list[str]:
    """The names of the active checks, which wait for somebody to ask."""
    autodiscover_modules("health")
    return [name for name, check in _checks.items() if check.active]


def examine(*, active: bool = True, but: Collection[str] = ()) -> Iterator[tuple[str, Finding]]:
    """All findings, each with the name of its check; without `active` only what is quick and sends nothing.

    They look at the same time, each in a thread of its own, and what takes too long is a finding as well. Inside a
    transaction they look one after another in its thread: no other connection sees what it has written.
    """
    autodiscover_modules("health")
    wanted = [(name, each) for name, each in _checks.items() if name not in but and (active or not each.active)]
    if connection.in_atomic_block:
        for name, check in wanted:
            yield from ((name, finding) for finding in _Look(name, check).look())
        return
    begun = time.monotonic()
    looks = [(name, check, _begin(name, check)) for name, check in wanted]
    for name, check, look in looks:
        for finding in look.findings_until(begun + check.patience):
            yield name, finding


def _begin(name: str, check: Check) -> "_Look":
    look = _Look(name, check)
    earlier = _under_way.get(name)
    if earlier is None or not earlier.is_alive():
        _under_way[name] = look
        look.start()
    return look


class _Look(threading.Thread):
    def __init__(self, name: str, check: Check) -> None:
        super().__init__(name=f"look-at-{name}", daemon=True)
        self.check = check
        self.language = translation.get_language()
        self.findings: list[Finding] = []

    def run(self) -> None:
        try:
            with translation.override(self.language):
                self.look()
        finally:
            connections.close_all()

    def look(self) -> list[Finding]:
        try:
            for finding in self.check.look():
                self.findings.append(finding)
        except Exception as error:
            do = gettext("This check could not be finished. The message says why: put that right, then check again.")
            self.findings.append(fail(f"{type(error).__name__}: {error}".strip(), do))
        return self.findings

    def findings_until(self, deadline: float) -> list[Finding]:
        if self.ident is None:
            return [fail(gettext("Someone is still waiting for the answer."), _try_again())]
        self.join(max(0, deadline - time.monotonic()))
        if not self.is_alive():
            return self.findings
        words = gettext("No answer within %(seconds)d seconds.") % {"seconds": self.check.patience}
        return [*self.findings, fail(words, _try_again())]


def _try_again() -> str:
    return gettext("See whether what is asked here runs and can be reached, then check again.")
