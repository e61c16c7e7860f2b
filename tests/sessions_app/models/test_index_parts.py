"""SQLite keeps its indexes in parts: what was erased lies in none of them."""

import pytest
from django.db import connection

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models.name_index import NAMES
from sessions_app.models.word_index import WORDS
from tests.factories import make_customer

pytestmark = pytest.mark.django_db


def in_parts(index, word):
    """Whether the word stands in what SQLite stores of an index."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT block FROM {index}_data")  # noqa: S608
        return any(word in bytes(block) for (block,) in cursor.fetchall())


def test_nothing_of_an_erased_customer_lies_in_the_indexes(session, dana, clock):
    zoe = make_customer(session, "Zanzibar")
    say(session, text="kilimanjaro", client_id="c1", by=zoe)
    assert in_parts(WORDS, b"kilimanjaro")
    assert in_parts(NAMES, b"zan")
    end_session(session, by=session.primary)
    zoe.refresh_from_db()
    erase_customer(session, zoe, by=dana)
    assert in_parts(WORDS, b"kilimanjaro")
    clock.forward(seconds=1)
    assert not in_parts(WORDS, b"kilimanjaro")
    assert not in_parts(NAMES, b"zan")
