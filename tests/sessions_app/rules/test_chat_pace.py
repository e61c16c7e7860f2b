"""How fast one person may write: lines in a row, lines in a minute, and how much altogether."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions_app.rules.chat_pace import BURST, CHARACTERS, MINUTE, is_slow, seconds_to_wait

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def said(*seconds_ago, length=10):
    return [(NOW - timedelta(seconds=ago), length) for ago in seconds_ago]


@pytest.mark.parametrize(
    ("latest", "wait"),
    [
        ([], 0),
        (said(*[0] * (BURST - 1)), 0),
        (said(*[0] * BURST), 5),
        (said(*[3.5] * BURST), 2),
        (said(*[5] * BURST), 0),
        (said(*range(6, 30)), 0),
        (said(*range(6, 36)), 25),
        (said(*range(30, 60), 61, 62), 1),
        (said(*range(31, 61)), 0),
    ],
)
def test_lines_in_a_row_and_in_a_minute(latest, wait):
    assert seconds_to_wait(latest, length=10, now=NOW, per_minute=30) == wait


def test_long_lines_wait_for_earlier_ones():
    full = said(10, 20, 30, length=CHARACTERS // 3)
    assert seconds_to_wait(full, length=1, now=NOW, per_minute=30) == 0
    assert seconds_to_wait(full, length=CHARACTERS // 3, now=NOW, per_minute=30) == 30
    assert seconds_to_wait(full, length=2 * CHARACTERS // 3, now=NOW, per_minute=30) == 40


def test_few_lines_a_minute_are_no_more_in_a_row():
    assert seconds_to_wait(said(0, 0), length=1, now=NOW, per_minute=2) == 60


@pytest.mark.parametrize(
    ("before_burst", "per_minute", "slow"),
    [
        (None, BURST, True),
        (None, BURST - 1, False),
        (NOW - MINUTE - timedelta(seconds=1), 30, True),
        (NOW - MINUTE, 30, False),
        # The clock was put back.
        (NOW + MINUTE, 30, False),
    ],
)
def test_who_has_said_little_in_a_minute_is_asked_no_more(before_burst, per_minute, slow):
    assert is_slow(before_burst, now=NOW, per_minute=per_minute) == slow
