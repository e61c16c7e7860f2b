"""One writer at a time on SQLite: Django still calls the hooks by which we take and give back the lock."""

import threading

import pytest
from django.db import connection, transaction
from django.db.backends.sqlite3 import base

from supportcenter.accounts.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL queues its writers itself."),
]
HOOKS = ["_start_transaction_under_autocommit", "_commit", "_rollback", "_close"]


def another_may_write():
    """Whether another thread would get the writer's lock at this moment."""
    lock, answers = connection._writer_lock(), []

    def ask():
        answers.append(lock.acquire(blocking=False))
        if answers[0]:
            lock.release()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return answers[0]


@pytest.mark.parametrize("hook", HOOKS)
def test_django_still_has_the_hook(hook):
    assert callable(getattr(base.DatabaseWrapper, hook))


def test_transaction_holds_the_lock_until_its_commit():
    assert another_may_write()
    with transaction.atomic():
        User.objects.create(username="amal")
        with transaction.atomic():
            assert not another_may_write()
        assert not another_may_write()
    assert another_may_write()


def test_rollback_gives_the_lock_back():
    with transaction.atomic():
        transaction.set_rollback(True)
        assert not another_may_write()
    assert another_may_write()


def test_closed_connection_gives_the_lock_back():
    with transaction.atomic():
        assert not another_may_write()
        connection.close()
        assert another_may_write()


def test_statement_that_is_a_transaction_of_its_own_waits_for_its_turn():
    """Else it would meet SQLite's lock, whose waiters are overtaken by all who stand here."""
    User.objects.create(username="amal")
    with connection.cursor() as cursor:
        connection.connection.create_function("another_may_write", 0, lambda: str(another_may_write()))
        cursor.execute("UPDATE accounts_user SET first_name = another_may_write()")
        [(while_reading,)] = cursor.execute("SELECT another_may_write()")

    assert (User.objects.get().first_name, while_reading) == ("False", "True")
    assert another_may_write()
