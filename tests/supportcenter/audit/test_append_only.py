"""Entries are never changed, and deleted by their retention alone: in the code, and in the database (E73)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from supportcenter.accounts.models import SitePolicy
from supportcenter.audit import retention
from supportcenter.audit.append_only import LEAST_DAYS_KEPT, make_append_only
from supportcenter.audit.models import Entry, EntryIsKeptError

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def triggers(db):
    """Other tests empty the table."""
    make_append_only()


def made(days_ago, what="signed_in"):
    return Entry.objects.create(what=what, topic="sign_in", at=timezone.now() - timedelta(days=days_ago))


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_code_cannot_change_or_delete_an_entry():
    entry = made(400)
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(what="x"),
        lambda: Entry.objects.bulk_update([entry], ["what"]),
    ):
        with pytest.raises(EntryIsKeptError):
            attempt()


@pytest.mark.parametrize("days", [0, 5000])
def test_database_refuses_to_change_an_entry_of_any_age(days):
    entry = made(days)
    with pytest.raises(IntegrityError, match="never changed"):
        run("UPDATE audit_entry SET account = 'eve' WHERE id = %s", entry.pk)


def test_database_refuses_to_delete_what_is_not_old_enough():
    old, young = made(LEAST_DAYS_KEPT + 1), made(LEAST_DAYS_KEPT - 1)
    with pytest.raises(IntegrityError, match="kept for their time"):
        run("DELETE FROM audit_entry WHERE id = %s", young.pk)
    run("DELETE FROM audit_entry WHERE id = %s", old.pk)
    assert list(Entry.objects.all()) == [young]


@pytest.mark.postgresql
def test_database_refuses_to_empty_the_table():
    with pytest.raises(IntegrityError, match="kept for their time"):
        run("TRUNCATE audit_entry")


def test_triggers_are_made_once():
    make_append_only()
    with pytest.raises(IntegrityError):
        run("UPDATE audit_entry SET account = 'eve' WHERE id = %s", made(1).pk)


def test_retention_deletes_what_is_past_its_time_and_says_so(policy):
    SitePolicy.objects.update(audit_days=100)
    made(101), made(102)
    kept = made(99)
    assert retention.forget_what_is_due() is False
    assert list(Entry.objects.order_by("pk").values_list("what", flat=True)) == [kept.what, "audit_log_shortened"]
    assert Entry.objects.latest("pk").facts["entries"] == 2
    assert retention.forget_what_is_due() is False
    assert Entry.objects.count() == 2


def test_retention_goes_on_in_pieces(policy, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for days in (400, 401, 402):
        made(days)
    assert [retention.forget_what_is_due(), retention.forget_what_is_due()] == [True, False]
    assert set(Entry.objects.values_list("what", flat=True)) == {"audit_log_shortened"}
