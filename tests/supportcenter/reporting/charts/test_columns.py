"""Where the columns and lines of a chart stand, from left to right and from right to left."""

from datetime import date

import pytest

from supportcenter.reporting.charts.axis import Unit
from supportcenter.reporting.charts.columns import HEAD, HEIGHT, Chart, Column, Look, Series, draw
from supportcenter.reporting.charts.periods import periods_of

TWO = periods_of(date(2026, 11, 1), date(2026, 11, 2))


def chart(*series, periods=TWO, **more):
    return Chart(periods, series, **more)


def test_column_stands_on_the_ground_and_is_as_high_as_its_value():
    drawing = draw(chart(Series("Sessions", [4, 1])), mirrored=False)
    (high,), (low,) = (point.columns for point in drawing.points)
    assert high == Column(Look.SOLID, 7.0, HEAD, 36.0, HEIGHT - HEAD)
    assert (low.x, low.y + low.height, low.height * 4) == (57.0, HEIGHT, high.height)


def test_two_series_stand_beside_each_other_and_mirrored_the_other_way_round():
    series = Series("Now", [1, 2]), Series("Before", [3, 4], Look.OUTLINED)
    drawn, mirrored = draw(chart(*series), mirrored=False), draw(chart(*series), mirrored=True)
    for point, other in zip(drawn.points, mirrored.points, strict=True):
        assert [column.look for column in point.columns] == [column.look for column in other.columns]
        for column, twin in zip(point.columns, other.columns, strict=True):
            assert twin.x + twin.width == pytest.approx(100 - column.x)
            assert (twin.y, twin.height) == (column.y, column.height)
    now, before = drawn.points[0].columns
    assert now.x + now.width == pytest.approx(before.x)


def test_stacked_columns_stand_on_one_another():
    answered, lost = Series("Answered", [6, 0]), Series("Abandoned", [2, 1], Look.HATCHED)
    drawing = draw(chart(answered, lost, stacked=True), mirrored=False)
    below, above = drawing.points[0].columns
    assert above.y + above.height == pytest.approx(below.y)
    assert above.y == pytest.approx(HEAD)
    assert [tick for tick, _y in drawing.ticks][-1] == 8
    assert [column.look for column in drawing.points[1].columns] == [Look.HATCHED]


def test_line_has_a_gap_where_there_is_no_value():
    periods = periods_of(date(2026, 11, 1), date(2026, 11, 4))
    level = Series("Service level", [50, None, 100, 0], Look.LINE)
    drawing = draw(chart(level, periods=periods, unit=Unit.PER_CENT), mirrored=False)
    assert [len(point.dots) for point in drawing.points] == [1, 0, 1, 1]
    (segment,) = drawing.segments
    assert (segment.start.x, segment.start.y, segment.end.x, segment.end.y) == (62.5, HEAD, 87.5, HEIGHT)


def test_labels_are_few_and_fewer_on_a_phone():
    for days in range(1, 63):
        periods = periods_of(date(2026, 11, 1), date.fromordinal(date(2026, 11, 1).toordinal() + days - 1))
        labels = [point.label for point in draw(chart(Series("", [1] * days), periods=periods), mirrored=False).points]
        assert labels[0] == "always"
        assert labels.count("always") <= 4
        assert len(list(filter(None, labels))) <= 12


def test_chart_of_nothing_is_empty():
    assert chart(Series("Sessions", [0, 0]), Series("Rate", [None, None], Look.LINE)).is_empty
    assert draw(chart(Series("Sessions", [0, 0])), mirrored=False).ticks[-1] == (1, HEAD)


@pytest.mark.parametrize(
    ("look", "values", "is_empty"),
    [
        (Look.LINE, [0, None], False),
        (Look.LINE, [None, None], True),
        (Look.SOLID, [0, 0], True),
        (Look.SOLID, [0, 1], False),
    ],
)
def test_a_line_at_zero_says_something_and_columns_of_nothing_do_not(look, values, is_empty):
    assert chart(Series("Service level", values, look)).is_empty == is_empty
