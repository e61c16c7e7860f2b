"""The numbers beside a chart are few and round, and reach the largest value."""

import pytest

from supportcenter.reporting.charts.axis import Unit, axis_for


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (37, (0, 10, 20, 30, 40)),
        (1000, (0, 500, 1000)),
        (123_456, (0, 50_000, 100_000, 150_000)),
    ],
)
def test_counts_go_by_ones_twos_and_fives(most, ticks):
    assert axis_for(most, Unit.COUNT).ticks == ticks


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, (0, 1)),
        (45, (0, 15, 30, 45)),
        (61, (0, 30, 60, 90)),
        (3600, (0, 900, 1800, 2700, 3600)),
        (1_000_000, (0, 432_000, 864_000, 1_296_000)),
    ],
)
def test_times_go_by_what_clocks_show(most, ticks):
    assert axis_for(most, Unit.SECONDS).ticks == ticks


def test_per_cent_and_ratings_have_an_end_of_their_own():
    assert axis_for(3, Unit.PER_CENT).ticks == (0, 25, 50, 75, 100)
    assert axis_for(3, Unit.RATING).ticks == (0, 1, 2, 3, 4, 5)


def test_nothing_stands_out_of_the_axis():
    axis = axis_for(37, Unit.COUNT)
    assert [axis.share(value) for value in (-1, 0, 10, 40, 99)] == [0, 0, 0.25, 1, 1]
