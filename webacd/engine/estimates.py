"""What a waiting customer is told: a position that never rises without cause, and a range of minutes (acd 8). Pure."""

import math
from collections.abc import Sequence
from datetime import datetime

# Fewer accepts than these say nothing about the next one.
FEWEST = 3
# The range around a steady pace.
QUICK, SLOW = 0.6, 1.6


def shown_position(previous: int | None, actual: int, *, overtaken: bool) -> int:
    """The position to show: the actual one, but never higher than before unless a request with priority went ahead."""
    if previous is None or overtaken:
        return actual
    return min(previous, actual)


def minutes_range(position: int, accepts: Sequence[datetime]) -> tuple[int, int] | None:
    """The estimated wait, from when the latest requests of the queue were accepted; None if these are too few."""
    if len(accepts) < FEWEST:
        return None
    ordered = sorted(accepts)
    pace = (ordered[-1] - ordered[0]).total_seconds() / (len(ordered) - 1)
    low = max(1, math.floor(position * pace * QUICK / 60))
    return low, max(low + 1, math.ceil(position * pace * SLOW / 60))


def plain_range(minutes: tuple[int, int]) -> tuple[int, int]:
    """The same in steps of which one would speak: of a minute up to ten, of five up to an hour, then of a quarter."""
    low, high = minutes
    return max(1, low // _step(low) * _step(low)), math.ceil(high / _step(high)) * _step(high)


def _step(minutes: int) -> int:
    if minutes <= 10:
        return 1
    return 5 if minutes <= 60 else 15
