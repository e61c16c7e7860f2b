"""Emptying the database after a test whose transactions were real, in a tenth of the time of Django's `flush`.

That truncates every table, which PostgreSQL does slowly, and makes all permissions again. Here they stay, since no test
changes them; and most tables have nothing to delete.
"""

from functools import cache

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from supportcenter.audit.append_only import KEPT, TABLE

STAY = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test_case: empty_tables())
        yield


@transaction.atomic
def empty_tables():
    # In any order: foreign keys are checked at the end of the transaction.
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def let_entries_go():
    """The database keeps entries of the audit log for their time; a test of that makes the trigger again."""
    of_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for trigger in (KEPT, f"{KEPT}_as_a_whole"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{of_table}")


@cache
def tables():
    let_entries_go()
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - STAY)
