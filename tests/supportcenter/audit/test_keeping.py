"""What is noted in the security log is an entry of the audit log, in the transaction of the change (E73)."""

import asyncio

import pytest
from django.db import connection, transaction

from supportcenter import security_log
from supportcenter.audit.models import Entry
from supportcenter.live.sockets import db as socket_db
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FROM = "192.0.2.7"


def entries(*fields):
    return list(Entry.objects.order_by("pk").values_list(*fields))


def test_sign_ins_and_failures_are_entries(client, amal):
    client.post("/accounts/login/", {"login": "amal", "password": "a wrong one"}, REMOTE_ADDR=FROM)
    client.post("/accounts/login/", {"login": "amal", "password": PASSWORD}, REMOTE_ADDR=FROM)
    assert entries("what", "topic", "is_warning", "account", "account_key", "address")[-2:] == [
        ("sign_in_failed", "sign_in", True, "amal", amal.pk, FROM),
        ("signed_in", "sign_in", False, "amal", amal.pk, FROM),
    ]


def test_entry_goes_with_the_change_that_is_taken_back(amal):
    before = entries("what")
    with transaction.atomic():
        amal.is_active = False
        amal.save()
        assert entries("what") == [*before, ("rights_changed",)]
        transaction.set_rollback(True)
    assert entries("what") == before


def test_many_lines_are_as_many_entries_and_few_statements(amal, dana, django_assert_max_num_queries):
    given = [{"account": f"p{number}", "by": "dana", "changed": "csr: True"} for number in range(900)]
    with transaction.atomic(), django_assert_max_num_queries(20):
        security_log.note_many("rights_changed", [{"account": "amal", "by": "dana"}, *given])
    kept = entries("what", "account", "account_key", "by", "by_key")[-901:]
    assert kept[0] == ("rights_changed", "amal", amal.pk, "dana", dana.pk)
    assert kept[1:] == [("rights_changed", f"p{number}", None, "dana", dana.pk) for number in range(900)]


def test_rights_have_what_was_before_and_after_and_no_secret(amal):
    amal.email, amal.is_staff = "new@example.org", True
    amal.save()
    entry = Entry.objects.latest("pk")
    assert sorted(entry.changes, key=lambda one: one["field"]) == [
        {"model": "accounts.user", "field": "email"},
        {"model": "accounts.user", "field": "is_staff", "before": False, "after": True},
    ]
    assert "changed" not in entry.facts


def test_name_that_was_typed_with_a_null_byte_is_an_entry(db):
    security_log.warn("sign_in_failed", account="a\0b" + "c" * 300)
    assert entries("account") == [("ab" + "c" * 148,)]


def test_flood_does_not_fill_the_table(db, monkeypatch):
    monkeypatch.setattr(security_log, "ABOUT_ONE", (0, 3))
    for _ in range(10):
        security_log.warn("foreign_host", address=FROM, host="elsewhere.example")
    assert entries("what") == [("foreign_host",)] * 3


def test_warning_in_a_broken_transaction_harms_nothing(db):
    with transaction.atomic():
        transaction.set_rollback(True)
        security_log.warn("foreign_host", address=FROM)
    assert entries("what") == []


def test_database_that_takes_nothing_breaks_no_refusal(client, eve):
    client.force_login(eve)

    def refuse(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "audit_entry"'):
            sql = sql.replace("audit_entry", "no_such_table")
        return execute(sql, params, many, context)

    before = entries("what")
    with connection.execute_wrapper(refuse):
        assert client.get("/sessions/start/").status_code == 403
    assert entries("what") == before
    assert client.get("/sessions/start/").status_code == 403
    assert entries("what") == [*before, ("access_refused",)]


@pytest.mark.django_db(transaction=True)
def test_warning_in_the_event_loop_is_kept_by_another_thread():
    async def flood():
        security_log.warn("socket_flood", viewer="user.7")

    asyncio.run(flood())
    # Waits for what was given to the threads before.
    socket_db.close_connections()
    assert entries("what", "facts") == [("socket_flood", {"viewer": "user.7"})]


def test_half_a_character_and_a_null_byte_are_kept_as_something_else(db):
    security_log.warn("foreign_host", address=FROM, host="a\ud800b\0c")
    assert entries("facts") == [({"host": "a?bc"},)]
