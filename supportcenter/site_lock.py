"""Who is at work on the site: what serves it or works for it, what prepares it, and what replaces all of its data.

Locks of files in DATA_DIR, which the processes of one machine share, containers too; the system frees them when their
process ends. On PostgreSQL the database has one as well, for machines that share nothing else.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

# Seconds: how long one waits for another that prepares, and how often one looks.
PATIENCE, LOOK_EVERY = 600, 0.2
# Any number that nobody else takes in this database: "support" in ASCII.
PREPARING = 0x737570706F7274

_kept: list[IO[bytes]] = []


class SiteInUse(ImproperlyConfigured):
    """Somebody else is at work on the site."""


def stay_in_use() -> None:
    """Note, until this process ends, that it works for the site. Raises SiteInUse while a restore is under way."""
    file = _open("in-use.lock")
    if not _is_locked(file, fcntl.LOCK_SH):
        raise SiteInUse("A restore is under way in this DATA_DIR: start again when it is done.")
    _kept.append(file)


@contextmanager
def site_to_itself() -> Iterator[None]:
    """Nobody else works for the site meanwhile. Raises SiteInUse."""
    with _open("in-use.lock") as file:
        if not _is_locked(file, fcntl.LOCK_EX):
            raise SiteInUse("The site is running: stop it, its worker and its clock first.")
        yield


@contextmanager
def one_at_a_time(say: Callable[[str], None], patience: float = PATIENCE) -> Iterator[None]:
    """Prepare the site while nobody else does; `say` is told once if that means waiting. Raises SiteInUse."""
    deadline = time.monotonic() + patience
    with ExitStack() as held:
        file = held.enter_context(_open("prepare.lock"))
        _wait(lambda: _is_locked(file, fcntl.LOCK_EX), say, deadline)
        if connection.vendor == "postgresql":
            _wait(_locks_database, say, deadline)
            held.callback(_unlock_database)
        yield


def _wait(locked: Callable[[], bool], say: Callable[[str], None], deadline: float) -> None:
    told = False
    while not locked():
        if time.monotonic() >= deadline:
            raise SiteInUse("Another process has been preparing the site for too long: see what it is doing.")
        if not told:
            say("Another process is preparing the site: waiting for it.")
            told = True
        time.sleep(LOOK_EVERY)


def _open(name: str) -> IO[bytes]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return (settings.DATA_DIR / name).open("ab")


def _is_locked(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locks_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [PREPARING])
        return bool(cursor.fetchone()[0])


def _unlock_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])
