"""Durations as the database counts them are those of Python, to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F, Value

from sessions_app.models import SupportSession
from supportcenter.reporting.durations import Microseconds, WholeSeconds

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
START = datetime(2024, 2, 28, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("fraction", [0, 1, 999_499, 999_500, 999_999])
@pytest.mark.parametrize(
    "lasted",
    [
        timedelta(),
        timedelta(microseconds=1),
        timedelta(microseconds=999_999),
        timedelta(seconds=1),
        timedelta(seconds=61, microseconds=500),
        timedelta(days=400, microseconds=999_500),
        -timedelta(microseconds=1),
        -timedelta(seconds=5, microseconds=999_999),
    ],
)
def test_database_counts_as_python_does(amal, fraction, lasted):
    start = START.replace(microsecond=fraction)
    end = start + lasted
    SupportSession.objects.create(
        number="123456789", mode="multi", starter=amal, started_at=start, ended_at=end, end_reason="ended"
    )
    expected = (lasted // timedelta(microseconds=1), int(lasted.total_seconds()))
    for until in (F("ended_at"), Value(end)):
        counted = SupportSession.objects.values_list(
            Microseconds(until, "started_at"), WholeSeconds(until, "started_at")
        )
        assert counted.get() == expected
