"""A full disk, or a database that takes no changes: a sentence in each part of a request, and a line in the log."""

import errno
import sqlite3
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import storage_full
from supportcenter.refusals.storage_full import is_storage_full, log_storage_full, storage_full_is_logged
from supportcenter.refusals.storage_middleware import StorageFullMiddleware, StoringSessionMiddleware
from tests.factories import PASSWORD


@pytest.fixture(autouse=True)
def nothing_logged_yet():
    storage_full.forget_last_line()
    yield
    storage_full.forget_last_line()


# As one does whose disk has become read-only.
TAKE_NO_CHANGES = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}
TAKE_CHANGES = {"sqlite": "PRAGMA query_only = OFF", "postgresql": "SET default_transaction_read_only = off"}


@contextmanager
def taking_no_changes():
    """The database refuses every change."""
    # What pages read of it is there already.
    SitePolicy.current()
    switch(TAKE_NO_CHANGES)
    try:
        yield
    finally:
        switch(TAKE_CHANGES)


def switch(commands):
    with connection.cursor() as cursor:
        cursor.execute(commands[connection.vendor])


def error_of(call):
    try:
        call()
    except Exception as error:
        return error
    raise AssertionError("it went through")


def change():
    with transaction.atomic():
        SitePolicy.objects.update(organisation="Example")


# ---- Recognised -------------------------------------------------------------------------------------------------


def test_full_sqlite_is_recognised(tmp_path):
    database = sqlite3.connect(tmp_path / "small.sqlite3")
    database.execute("PRAGMA max_page_count = 3")
    database.execute("CREATE TABLE things (thing BLOB)")

    assert is_storage_full(error_of(lambda: database.execute("INSERT INTO things VALUES (zeroblob(100000))")))


@pytest.mark.postgresql
@pytest.mark.both_databases
@pytest.mark.parametrize(("code", "is_full"), [("53100", True), ("58030", True), ("25006", True), ("53200", False)])
def test_full_postgresql_is_recognised(db, code, is_full):
    def fail():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")

    assert is_storage_full(error_of(fail)) == is_full


@pytest.mark.both_databases
def test_database_that_takes_no_changes_is_recognised(transactional_db):
    with taking_no_changes():
        assert is_storage_full(error_of(change))


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.EDQUOT, "full"), True),
        (OSError(errno.EACCES, "forbidden"), False),
        (DatabaseError("disk is full, says somebody"), False),
        (ValueError("database or disk is full"), False),
    ],
)
def test_error_counts_by_its_code_and_not_by_its_words(error, is_full):
    assert is_storage_full(error) == is_full


def test_error_behind_another_counts():
    def fail():
        try:
            raise OSError(errno.ENOSPC, "full")
        except OSError as error:
            raise RuntimeError("the scanner has no answer") from error

    assert is_storage_full(error_of(fail))


# ---- Told -------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize(("language", "words"), [("en", "storage space"), ("ar", "مساحة التخزين")])
def test_view_that_cannot_save_answers_with_a_sentence(transactional_db, client, amal, language, words):
    with taking_no_changes():
        mine = {"login": "amal", "password": PASSWORD}
        answer = client.post("/accounts/login/", mine, headers={"Accept-Language": language})

    assert answer.status_code == 507
    assert words in answer.content.decode()


def test_other_errors_are_not_touched():
    assert (
        StorageFullMiddleware(lambda request: None).process_exception(RequestFactory().post("/"), ValueError()) is None
    )


@pytest.mark.both_databases
def test_sign_in_that_cannot_be_saved_any_more_answers_with_the_same(transactional_db, client, amal):
    client.force_login(amal)

    def view(request):
        request.session["kept"] = "no"
        switch(TAKE_NO_CHANGES)
        return HttpResponse("done")

    request = RequestFactory().post("/", headers={"Accept": "application/json"})
    request.COOKIES = {"sessionid": client.session.session_key}
    try:
        answer = StoringSessionMiddleware(view)(request)
    finally:
        switch(TAKE_CHANGES)

    assert answer.status_code == 507
    assert b'"code": "storage_full"' in answer.content


# ---- In the log -------------------------------------------------------------------------------------------------


def test_log_has_one_line_a_minute(caplog, monkeypatch):
    for _ in range(5):
        log_storage_full(OSError(errno.ENOSPC, "No space left on device"))
    assert len(caplog.records) == 1
    assert "No space left on device" in caplog.text

    monkeypatch.setattr(storage_full, "LOG_EVERY", 0)
    log_storage_full(OSError(errno.ENOSPC, "No space left on device"))
    assert len(caplog.records) == 2


def test_what_is_tried_again_ends_with_the_line(caplog):
    with storage_full_is_logged():
        raise OSError(errno.ENOSPC, "full")
    assert len(caplog.records) == 1
    with pytest.raises(ValueError, match="other"), storage_full_is_logged():
        raise ValueError("other")
