"""Each way through the audit log goes by an index, among many entries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from supportcenter.audit.models import Entry
from supportcenter.audit.queries import PAGE
from tests.rows_read import count_rows_read

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]
MANY = 50_000
# A page and one row more of each of two ways that are merged, and what SQLite counts beside.
MOST = 600


@pytest.fixture
def past(amal, bilal, session):
    """A minute apart, of fifty accounts, half of them amal's; two things were done by bilal."""
    now = timezone.now()
    rows = (
        Entry(
            at=now - timedelta(minutes=number),
            topic="refused" if number % 4 else "sign_in",
            what="access_refused",
            address=f"192.0.2.{number % 250}",
            account=f"person{number % 50}" if number % 2 else "amal",
            account_key=5000 + number % 50 if number % 2 else amal.pk,
            by_key=bilal.pk if number % (MANY // 2) == 7 else None,
            about=None if number % 100 else session.audit_subject,
        )
        for number in range(1, MANY + 1)
    )
    Entry.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_entry")


def test_every_filter_goes_by_an_index(past, client, dana, session):
    client.force_login(dana)
    middle = Entry.objects.order_by("at")[MANY // 2].pk
    day = (timezone.localdate() - timedelta(days=20)).isoformat()
    asked = [
        {},
        {"topic": "sign_in"},
        {"person": "amal"},
        {"person": "bilal"},
        {"person": "person7"},
        {"person": "amal", "topic": "sign_in"},
        {"text": "192.0.2.7"},
        {"text": session.number},
        {"text": session.number, "person": "amal"},
        {"since": day, "until": day},
        {"since": day, "until": day, "person": "amal", "topic": "refused"},
    ]
    read = {}
    for query in [*asked, *({**query, "before": middle} for query in asked)]:
        with count_rows_read() as counted:
            answer = client.get("/audit/", query)
        assert answer.status_code == 200
        assert 0 < len(answer.context["lines"]) <= PAGE
        of_entries = [rows for sql, rows in counted.items() if "audit_entry" in sql]
        read[str(query)] = max(of_entries, default=0)
    assert {query: rows for query, rows in read.items() if rows > MOST} == {}


def test_retention_finds_the_oldest_by_an_index(past):
    with count_rows_read() as counted:
        assert Entry.objects.forget_before(timezone.now() - timedelta(days=30), 100) == 100
    assert {sql: rows for sql, rows in counted.items() if sql.startswith("SELECT") and rows > MOST} == {}
