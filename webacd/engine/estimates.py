"""What a waiting customer is told: a place that does not climb without cause, and a range of minutes (acd 8). Pure."""

import math
from collections.abc import Sequence
from datetime import datetime

# Fewer answers than these tell nothing about the next.
FEWEST = 3
# The range around the even pace.
QUICK, SLOW = 0.6, 1.6


def shown_position(previous: int | None, actual: int, *, overtaken: bool) -> int:
    """The place to show: the real one, but never higher than before unless somebody rightly went ahead."""
    if previous is None or overtaken:
        return actual
    return min(previous, actual)


def minutes_range(position: int, answers: Sequence[datetime]) -> tuple[int, int] | None:
    """How long it may take, from the moments of the latest answers in the queue; None if too few are known."""
    if len(answers) < FEWEST:
        return None
    ordered = sorted(answers)
    pace = (ordered[-1] - ordered[0]).total_seconds() / (len(ordered) - 1)
    low = max(1, math.floor(position * pace * QUICK / 60))
    return low, max(low + 1, math.ceil(position * pace * SLOW / 60))
