"""Columns and lines over time: one series or a few, side by side, or on one another where they add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from supportcenter.reporting.charts.axis import Axis, Unit, axis_for
from supportcenter.reporting.charts.periods import Periods

# Pixels: the room for the values, and what is left free above the highest.
HEIGHT, HEAD = 176, 10
# Of the width of a point, what its columns take together.
FILLED = 0.72
# Labels that fit beside one another on a phone, and how many times as many on a wide page.
FEW_LABELS, WIDER = 4, 3


class Look(StrEnum):
    """How a series is drawn. They differ in more than colour."""

    SOLID = "solid"
    OUTLINED = "outlined"
    HATCHED = "hatched"
    LINE = "line"
    DASHED = "dashed"


LINES = {Look.LINE, Look.DASHED}


@dataclass(frozen=True)
class Series:
    """A name, and a value for each period; None where there is none."""

    name: str
    values: Sequence[float | None]
    look: Look = Look.SOLID

    @property
    def is_line(self) -> bool:
        return self.look in LINES


@dataclass(frozen=True)
class Chart:
    periods: Periods
    series: Sequence[Series]
    unit: Unit = Unit.COUNT
    # Columns on one another: together they are something, too.
    stacked: bool = False

    @property
    def is_empty(self) -> bool:
        """A line may be at zero, which is a value; columns of nothing are none."""
        return not any(value is not None if one.is_line else value for one in self.series for value in one.values)


@dataclass(frozen=True)
class Column:
    look: Look
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Dot:
    look: Look
    x: float
    y: float


@dataclass(frozen=True)
class Segment:
    """The line from one dot to the next."""

    look: Look
    start: Dot
    end: Dot


@dataclass
class Point:
    """One period: where it is, and what is drawn there."""

    start: date
    x: float
    width: float
    values: list[tuple[Series, float | None]]
    columns: list[Column] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    # Whether its label is written: not at all, on a wide page only, or always.
    label: str = ""

    @property
    def middle(self) -> float:
        return _rounded(self.x + self.width / 2)


@dataclass(frozen=True)
class Drawing:
    points: list[Point]
    segments: list[Segment]
    # Each number beside the chart, and how far down it stands.
    ticks: list[tuple[float, float]]


def draw(chart: Chart, *, mirrored: bool) -> Drawing:
    """Where everything is; `mirrored` for pages that are read from right to left, as their time goes."""
    axis = axis_for(_highest(chart), chart.unit)
    number = len(chart.periods.starts)
    points = [_point(chart, axis, at, mirrored=mirrored) for at in range(number)]
    for at, label in _labelled(number):
        points[at].label = label
    ticks = [(tick, _down(axis, tick)) for tick in axis.ticks]
    return Drawing(points, list(_segments(points)), ticks)


def _highest(chart: Chart) -> float:
    columns = [one.values for one in chart.series if not one.is_line]
    sums = [sum(value or 0 for value in values) for values in zip(*columns, strict=True)] if chart.stacked else []
    return max([*sums, *(value or 0 for one in chart.series for value in one.values)], default=0)


def _point(chart: Chart, axis: Axis, at: int, *, mirrored: bool) -> Point:
    width = 100 / len(chart.periods.starts)
    left = 100 - width * (at + 1) if mirrored else width * at
    values = [(one, one.values[at]) for one in chart.series]
    point = Point(chart.periods.starts[at], _rounded(left), _rounded(width), values)
    point.columns = list(_columns(chart, axis, values, left, width, mirrored=mirrored))
    lines = ((one.look, value) for one, value in values if one.is_line)
    point.dots = [Dot(look, point.middle, _down(axis, value)) for look, value in lines if value is not None]
    return point


def _columns(
    chart: Chart, axis: Axis, values: list[tuple[Series, float | None]], left: float, width: float, *, mirrored: bool
) -> Iterator[Column]:
    shown = [(one.look, value or 0) for one, value in values if not one.is_line]
    across = width * FILLED / (1 if chart.stacked else max(len(shown), 1))
    below = 0.0
    for place, (look, value) in enumerate(shown):
        beside = 0 if chart.stacked else len(shown) - 1 - place if mirrored else place
        x = left + width * (1 - FILLED) / 2 + across * beside
        top, foot = _down(axis, below + value), _down(axis, below)
        if value:
            yield Column(look, _rounded(x), top, _rounded(across), _rounded(foot - top))
        below += value if chart.stacked else 0


def _down(axis: Axis, value: float) -> float:
    return _rounded(HEAD + (HEIGHT - HEAD) * (1 - axis.share(value)))


def _segments(points: list[Point]) -> Iterator[Segment]:
    for earlier, later in zip(points, points[1:], strict=False):
        ends = {dot.look: dot for dot in later.dots}
        yield from (Segment(dot.look, dot, ends[dot.look]) for dot in earlier.dots if dot.look in ends)


def _labelled(number: int) -> Iterator[tuple[int, str]]:
    """The points with a label: some of those of a wide page are also on a narrow one."""
    apart = max(1, -(-number // (FEW_LABELS * WIDER)))
    for place, at in enumerate(range(0, number, apart)):
        yield at, "always" if number <= FEW_LABELS or place % WIDER == 0 else "wide"


def _rounded(number: float) -> float:
    return round(number, 3)
