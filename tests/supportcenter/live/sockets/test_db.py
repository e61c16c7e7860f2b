import asyncio
import threading

import pytest
from django.db import connection

from supportcenter.accounts.models import User
from tests.realtime import in_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


async def test_one_slow_call_keeps_no_other_waiting():
    done = threading.Event()
    slow = asyncio.ensure_future(in_database(done.wait, 10))

    assert [await in_database(User.objects.count) for _ in range(10)] == [0] * 10
    done.set()
    assert await slow


@pytest.mark.postgresql
async def test_a_connection_that_failed_is_replaced():
    def lose_all_others():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    await asyncio.gather(*[in_database(User.objects.count) for _ in range(8)])
    await in_database(lose_all_others)

    assert await asyncio.gather(*[in_database(User.objects.count) for _ in range(8)]) == [0] * 8


async def test_an_error_is_the_callers():
    with pytest.raises(ZeroDivisionError):
        await in_database(divmod, 1, 0)
