"""A week by its hours: every hour has its place, and the most is the largest."""

import pytest

from supportcenter.reporting.charts.heat_map import heat_map


def cells(counts, **more):
    found = heat_map(counts, **{"first_weekday": 0, "mirrored": False, **more})
    return {(cell.weekday, cell.hour): cell for _weekday, row in found.rows for cell in row}


@pytest.mark.parametrize("first", [0, 5, 6])
def test_week_begins_where_it_begins(first):
    found = heat_map({(5, 9): 3}, first_weekday=first, mirrored=False)
    assert [weekday for weekday, _cells in found.rows] == [(first + number) % 7 for number in range(7)]
    assert len(cells({})) == 7 * 24
    (cell,) = (cell for _weekday, row in found.rows for cell in row if cell.count)
    assert (cell.weekday, cell.hour, cell.count) == (5, 9, 3)


def test_squares_grow_with_what_they_stand_for():
    found = cells({(0, hour): hour for hour in range(11)})
    assert [found[0, hour].level for hour in range(11)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    widths = [found[0, hour].width for hour in (0, 1, 3, 5, 7, 9)]
    assert widths == sorted(set(widths))


@pytest.mark.parametrize("most", [1, 2, 3, 5, 7, 10, 101])
def test_legend_says_what_each_size_stands_for(most):
    counts = {(number // 24, number % 24): number for number in range(most + 1)}
    levels = heat_map(counts, first_weekday=0, mirrored=False).levels
    said = {count: one.level for one in levels for count in range(one.least, one.most + 1)}
    assert said == {cell.count: cell.level for cell in cells(counts).values() if cell.count}


def test_time_goes_the_other_way_where_one_reads_the_other_way():
    drawn, mirrored = cells({(2, 8): 4}), cells({(2, 8): 4}, mirrored=True)
    for place, cell in drawn.items():
        assert mirrored[place].x == pytest.approx(100 - 100 / 24 - cell.x, abs=0.01)
        assert mirrored[place].y == cell.y


def test_table_has_the_same_numbers_by_the_hour():
    found = heat_map({(2, 8): 4, (3, 8): 5}, first_weekday=5, mirrored=False)
    assert [cell.count for cell in dict(found.hourly)[8]] == [0, 0, 0, 0, 4, 5, 0]
