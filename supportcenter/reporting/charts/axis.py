"""The numbers beside a chart: few, round, from zero up to at least the largest value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count

MOST_STEPS = 4
ROUND = (1, 2, 5)
# Clocks are round in sixties.
ROUND_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400)


class Unit(StrEnum):
    """What a number of a report is; templates write it so."""

    COUNT = "count"
    SECONDS = "seconds"
    PER_CENT = "per_cent"
    RATING = "rating"


# What has an end by itself.
WHOLE = {Unit.PER_CENT: (100.0, 25.0), Unit.RATING: (5.0, 1.0)}


@dataclass(frozen=True)
class Axis:
    top: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far up it is, from 0 to 1."""
        return min(max(value, 0) / self.top, 1)


def axis_for(most: float, unit: Unit) -> Axis:
    top, step = WHOLE[unit] if unit in WHOLE else _up_to(most, unit)
    return Axis(top, tuple(step * number for number in range(round(top / step) + 1)))


def _up_to(most: float, unit: Unit) -> tuple[float, float]:
    powers = (number * 10**power for power in count() for number in ROUND)
    days = (number * 86400 * 10**power for power in count() for number in ROUND)
    steps = chain(ROUND_SECONDS, days) if unit == Unit.SECONDS else powers
    step = next(step for step in steps if step * MOST_STEPS >= most)
    return float(step * max(1, -(-most // step))), float(step)
