"""Emptying the database after a test whose transactions were real, in a tenth of the time of Django's `flush`.

That truncates every table, which PostgreSQL does slowly, and makes all permissions again. Here they stay, since no test
changes them; and most tables have nothing to delete.
"""

from functools import cache

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}


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


@cache
def tables():
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
