"""A week by its hours: the more happened in one, the larger and the darker its square."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HOURS, WEEKDAYS = range(24), range(7)
# Pixels of a row, and how much of its place each level takes.
ROW = 24
SIZES = (0.36, 0.52, 0.66, 0.8, 0.94)
LABELLED = range(0, 24, 3)

# By weekday, 0 for Monday, and hour.
Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Cell:
    weekday: int
    hour: int
    count: int
    # From 1 to 5; 0 where nothing happened.
    level: int
    # Of the place, and of the square in it.
    x: float
    y: float
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Level:
    """What a square of this size stands for."""

    level: int
    least: int
    most: int

    @property
    def size(self) -> float:
        return round(ROW * SIZES[self.level - 1], 1)

    @property
    def start(self) -> float:
        """Where the square begins, in the middle of its place."""
        return round((ROW - self.size) / 2, 1)


@dataclass(frozen=True)
class HeatMap:
    # For each weekday, in the order of the week, its hours.
    rows: list[tuple[int, list[Cell]]]
    levels: list[Level]
    # Which hours are written below, and where they begin.
    hours: list[tuple[int, float]]
    height: int = ROW * len(WEEKDAYS)
    place: float = round(100 / len(HOURS), 3)
    row: int = ROW

    @property
    def hourly(self) -> list[tuple[int, list[Cell]]]:
        """The same, for each hour its weekdays: a table so is no wider than a phone."""
        return [(hour, [cells[hour] for _weekday, cells in self.rows]) for hour in HOURS]


def heat_map(counts: Counts, *, first_weekday: int, mirrored: bool) -> HeatMap:
    """Weeks begin on `first_weekday`, 0 for Monday; `mirrored` where time goes from right to left."""
    most = max(counts.values(), default=0)
    week = [(first_weekday + number) % len(WEEKDAYS) for number in WEEKDAYS]
    rows = [
        (weekday, [_cell(counts, weekday, hour, down, most, mirrored=mirrored) for hour in HOURS])
        for down, weekday in enumerate(week)
    ]
    hours = [(hour, round(_across(hour, mirrored=mirrored) + 50 / len(HOURS), 3)) for hour in LABELLED]
    return HeatMap(rows, _levels(most), hours)


def _cell(counts: Counts, weekday: int, hour: int, down: int, most: int, *, mirrored: bool) -> Cell:
    count = counts.get((weekday, hour), 0)
    level = -(-count * len(SIZES) // most) if count else 0
    size = SIZES[level - 1] if level else 0
    place, x, y = 100 / len(HOURS), _across(hour, mirrored=mirrored), down * ROW
    return Cell(
        *(weekday, hour, count, level, round(x, 3), y),
        left=round(x + place * (1 - size) / 2, 3),
        top=round(y + ROW * (1 - size) / 2, 3),
        width=round(place * size, 3),
        height=round(ROW * size, 3),
    )


def _across(hour: int, *, mirrored: bool) -> float:
    return 100 / len(HOURS) * (len(HOURS) - 1 - hour if mirrored else hour)


def _levels(most: int) -> list[Level]:
    number = len(SIZES)
    bounds = [(level, (level - 1) * most // number + 1, level * most // number) for level in range(1, number + 1)]
    return [Level(*bound) for bound in bounds if bound[1] <= bound[2]]
