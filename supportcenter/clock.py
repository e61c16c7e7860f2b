"""The database's clock, which all processes share.

Two machines never agree to the second, and what one process writes another one reads: "due", "seen", "over at". So both
go by the clock that they share. Reading it costs a query, so the reading is carried forward by the process's monotonic
clock, and taken again every half minute, and whenever the wall clock and the monotonic one drift apart: the machine's
clock was set, or it slept. SQLite serves one machine, whose own clock is the shared one.
"""

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

# Seconds: how long a reading is used, how far the two clocks may drift apart meanwhile, and the skew that is logged.
GOOD_FOR, PARTED, WORTH_A_WARNING = 30, 0.2, 2

logger = logging.getLogger(__name__)


class Reading(NamedTuple):
    at: datetime
    wall: float
    steady: float

    @property
    def skew(self) -> float:
        """By how many seconds this machine's clock is ahead of the database's."""
        return self.wall - self.at.timestamp()

    def is_good(self, wall: float, steady: float) -> bool:
        passed = steady - self.steady
        return passed < GOOD_FOR and abs(wall - self.wall - passed) < PARTED


_last: Reading | None = None


def now() -> datetime:
    """The time, for whatever other processes may compare with theirs: deadlines, leases, time stamps."""
    if connection.vendor == "sqlite":
        return timezone.now()
    steady = time.monotonic()
    reading = _last if _last and _last.is_good(time.time(), steady) else look()
    return reading.at + timedelta(seconds=time.monotonic() - reading.steady)


def estimate() -> datetime:
    """The time without a query, for the event loop: carried forward from the last reading, however old that is."""
    if _last is None:
        return timezone.now()
    return _last.at + timedelta(seconds=time.monotonic() - _last.steady)


def look() -> Reading:
    """Read the database's clock. Logs a warning when this machine's is wrong, once until it is right again."""
    global _last
    before = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at = cursor.fetchone()[0].astimezone(UTC)
    steady = time.monotonic()
    # The answer is of some moment during the query: its middle is the best guess.
    reading = Reading(at - timedelta(seconds=(before - steady) / 2), time.time(), steady)
    was_told = _last is not None and abs(_last.skew) > WORTH_A_WARNING
    _last = reading
    if abs(reading.skew) > WORTH_A_WARNING and not was_told:
        logger.warning(
            "This machine's clock is %.1f seconds %s the database's. Sessions and jobs go by the database's, but "
            "sign-ins, cookies and certificates do not: set this machine's clock right (NTP).",
            abs(reading.skew),
            "ahead of" if reading.skew > 0 else "behind",
        )
    return reading
