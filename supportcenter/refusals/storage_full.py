"""When a disk is full, or a database takes no changes: how that is recognised, told to people, and put in the log.

What was being changed is rolled back. It can be asked for again, and succeeds as soon as there is room.
"""

import errno
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Refused

# Seconds between two lines of the log.
LOG_EVERY = 60
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
# PostgreSQL: disk full, an error of its files, and a database that is only read.
FULL_ON_POSTGRESQL = {"53100", "58030", "25006"}
# SQLite's names of the same. A full disk can also keep it from growing the index of its log.
FULL_ON_SQLITE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM", "SQLITE_IOERR_FSYNC")

logger = logging.getLogger("supportcenter.storage")
_logging = threading.Lock()
_logged_at: float | None = None


class StorageFull(Refused):
    """Nothing can be saved at all. It passes once there is room, so pages ask again."""

    code = "storage_full"
    status = 507
    message = _("The site has run out of storage space, so this was not saved. Try again in a few minutes.")
    try_again_later = True


def is_storage_full(error: BaseException) -> bool:
    """Whether a full disk, or a database that takes no changes, is behind this error."""
    return any(_says_full(each) for each in _behind(error))


def log_storage_full(error: BaseException) -> None:
    """Tell the log, at most once a minute: while a disk is full, every request fails in the same way."""
    global _logged_at
    with _logging:
        now = time.monotonic()
        if _logged_at is not None and now - _logged_at < LOG_EVERY:
            return
        _logged_at = now
    cause = next(each for each in _behind(error) if _says_full(each))
    logger.error("storage_full: nothing can be saved (%s). `manage.py doctor` says which disk is full.", cause)


@contextmanager
def storage_full_is_logged() -> Iterator[None]:
    """End here what a full disk made fail, with its line in the log: it is tried again in any case."""
    try:
        yield
    except Exception as error:
        if not is_storage_full(error):
            raise
        log_storage_full(error)


def forget_last_line() -> None:
    """The next full disk is told at once, whenever it comes."""
    global _logged_at
    _logged_at = None


class NotAboutStorage(logging.Filter):
    """Leaves out Django's own line for each refused request: `log_storage_full` says it once a minute."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != StorageFull.status


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that it was raised from, or raised while handling."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [each.__context__, each.__cause__]


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL_DISK
    if getattr(error, "sqlstate", None) in FULL_ON_POSTGRESQL:
        return True
    return str(getattr(error, "sqlite_errorname", "")).startswith(FULL_ON_SQLITE)
