"""Reports of days read those days, among a hundred thousand sessions.

On SQLite, which has no other way. PostgreSQL reads all seats of a person into a hash, where that is cheaper than to
look some thousand up; the figures themselves are tested on both.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.rows_read import count_rows_read
from tests.sessions_app.test_growth import lead, old_customer, past  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# What a report of one day and the day before goes through: 2,880 sessions, who was in them, and groups of them. To go
# through all sessions would be two millions.
MOST_OF_TWO_DAYS = 150_000


def test_reports_go_through_the_days_that_are_asked_for(past, client, amal, faris, dana, lead):  # noqa: F811
    day = (timezone.localdate() - timedelta(days=40)).isoformat()
    days = {"since": day, "until": day}
    read = {}
    for user in (dana, amal, faris, lead):
        client.force_login(user)
        for name in ("overview", "survey_report", "survey_report_csv", "outcomes", "outcomes_csv"):
            for more in ({}, {"rating": 5}, {"rating": 1}, {"csr": amal.pk}, {"before": old_customer(past).pk}):
                with count_rows_read() as counted:
                    answer = client.get(reverse(name), {**days, **more})
                    assert answer.getvalue()
                assert answer.status_code == 200
                read[user.username, name, *more.values()] = max(counted.values())
    assert {which: rows for which, rows in read.items() if rows > MOST_OF_TWO_DAYS} == {}
