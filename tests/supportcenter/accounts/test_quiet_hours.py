from datetime import UTC, datetime, time

import pytest

from supportcenter.accounts.quiet_hours import QuietHours

NIGHT, LUNCH = (time(22), time(7)), (time(12), time(13, 30))


@pytest.mark.parametrize(
    ("hours", "zone", "at", "expected"),
    [
        (NIGHT, "UTC", (21, 59, 59), False),
        (NIGHT, "UTC", (22, 0, 0), True),
        (NIGHT, "UTC", (0, 0, 0), True),
        (NIGHT, "UTC", (6, 59, 59), True),
        (NIGHT, "UTC", (7, 0, 0), False),
        (LUNCH, "UTC", (11, 59, 59), False),
        (LUNCH, "UTC", (12, 0, 0), True),
        (LUNCH, "UTC", (13, 30, 0), False),
        (NIGHT, "Asia/Riyadh", (20, 0, 0), True),
        (NIGHT, "Asia/Riyadh", (5, 0, 0), False),
    ],
)
def test_quiet_is_told_by_the_persons_own_clock(hours, zone, at, expected):
    """As the page tells it: tests/js/notifications/choices.test.js."""
    assert QuietHours(*hours, zone).include(datetime(2026, 11, 30, *at, tzinfo=UTC)) is expected


def test_it_begins_an_hour_earlier_by_utc_once_the_clocks_have_changed():
    hours = QuietHours(time(22), time(7), "Europe/Berlin")
    assert not hours.include(datetime(2026, 3, 28, 20, 30, tzinfo=UTC))
    assert hours.include(datetime(2026, 3, 29, 20, 30, tzinfo=UTC))
