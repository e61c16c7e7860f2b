from datetime import UTC, datetime, timedelta

import pytest

from webacd.engine.estimates import minutes_range, plain_range, shown_position

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def every(minutes, count):
    return [NOW - timedelta(minutes=minutes * n) for n in range(count)]


@pytest.mark.parametrize(
    ("previous", "actual", "overtaken", "shown"),
    [(None, 5, False, 5), (5, 4, False, 4), (4, 5, False, 4), (4, 5, True, 5), (3, 3, False, 3)],
)
def test_position_climbs_only_for_a_cause(previous, actual, overtaken, shown):
    assert shown_position(previous, actual, overtaken=overtaken) == shown


def test_range_from_the_pace_of_accepts():
    assert minutes_range(5, every(2, 10)) == (6, 16)


def test_range_is_a_range_even_when_quick():
    assert minutes_range(1, every(0.1, 10)) == (1, 2)


def test_nothing_is_promised_from_too_few_accepts():
    assert minutes_range(1, every(2, 2)) is None


@pytest.mark.parametrize(
    ("minutes", "plain"),
    [((1, 2), (1, 2)), ((6, 10), (6, 10)), ((6, 16), (6, 20)), ((37, 58), (35, 60)), ((59, 61), (55, 75))],
)
def test_minutes_are_no_more_precise_than_one_would_say(minutes, plain):
    assert plain_range(minutes) == plain
