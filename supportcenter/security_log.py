"""The security log: one line for each thing that an administrator looks for after an attack, or during one.

    2026-11-28T20:01:02.345+00:00 WARNING supportcenter.security sign_in_failed address="192.0.2.7" account="amal"

The lines go to the logger `supportcenter.security`, whatever LOG_LEVEL says. No line holds a password, a token, a
session number or what people write to each other. Warnings are limited, of one address and altogether, so that nobody
can fill the disk with them: the next line of that kind says how many were `left_out`. docs/security.md lists the names.
With LOG_FORMAT=json the same facts are fields.

What is written here is an entry of the audit log, too (docs/audit.md): it listens to `noted`.
"""

import logging
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.dispatch import Signal

from supportcenter.allowance import Allowance
from supportcenter.facts import Fact, log_facts
from supportcenter.json_types import Json
from supportcenter.network_addresses import address_key
from supportcenter.remembered import Remembered

logger = logging.getLogger("supportcenter.security")

# Warnings of one kind about one address, account or viewer, and about all: a second in the long run, and at once.
ABOUT_ONE, ABOUT_ALL = (0.1, 50), (5, 500)
MOST_REMEMBERED = 10_000

# Sent with `what`, `facts`, `changes` and `is_warning`, in the transaction of who notes it, if there is one.
noted = Signal()
# Sent with `what` and the facts of `each`, in the transaction of who notes them.
many_noted = Signal()


class Change(NamedTuple):
    """What became of one field, by the names of the model and the field; of a secret only that it has changed."""

    model: str
    field: str
    before: Json = None
    after: Json = None
    is_said: bool = True


def note(what: str, changes: Sequence[Change] = (), /, **facts: Fact) -> None:
    """Something that is as it should be: a sign-in, a change of rights. `changes` are what the line has as words."""
    noted.send(None, what=what, facts=facts, changes=changes, is_warning=False)
    log_facts(logger, logging.INFO, what, facts)


def note_many(what: str, each: Sequence[Mapping[str, Fact]], changes: Sequence[Sequence[Change]] = ()) -> None:
    """As `note`, of many at once in a transaction, such as the rows of a file: a line of each, and few statements.

    `changes` are those of each, in the same order.
    """
    many_noted.send(None, what=what, each=each, changes=changes)
    for facts in each:
        log_facts(logger, logging.INFO, what, facts)


def warn(what: str, **facts: Fact) -> None:
    """Something that was refused: a wrong password, a body that is too large."""
    about = address_key(str(facts.get("address") or "")) or facts.get("account") or facts.get("viewer")
    if pace.has_room(what, str(about)):
        facts = {**facts, "left_out": pace.left_out(what)}
        log_facts(logger, logging.WARNING, what, facts)
        noted.send(None, what=what, facts=facts, changes=(), is_warning=True)


@contextmanager
def without_notes() -> Iterator[None]:
    """For a command that says itself what it does, before anything is served."""
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


class Pace:
    """How many warnings of each kind are written, and how many were not."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._one: Remembered[tuple[str, str], Allowance] = Remembered(MOST_REMEMBERED)
        self._all: dict[str, Allowance] = {}
        self._left_out: Counter[str] = Counter()

    def has_room(self, what: str, about: str) -> bool:
        with self._lock:
            one = self._one.get((what, about), lambda: Allowance(*ABOUT_ONE))
            self._one.keep((what, about), one)
            has_room = one.take() and self._all.setdefault(what, Allowance(*ABOUT_ALL)).take()
            self._left_out[what] += not has_room
            return has_room

    def left_out(self, what: str) -> int | None:
        """Since this was last asked; None if none was."""
        with self._lock:
            return self._left_out.pop(what, 0) or None

    def clear(self) -> None:
        self._one.clear()
        self._all.clear()
        self._left_out.clear()


pace = Pace()
