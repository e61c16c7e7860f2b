"""Who reads much stands aside while a short request is answered, and still comes to an end."""

import threading
from functools import partial
from itertools import count
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from supportcenter import right_of_way as module
from supportcenter.accounts.models import User
from supportcenter.right_of_way import GivingWay, RightOfWay, give_way_before_query, giving_way


@pytest.fixture
def way(monkeypatch):
    own = RightOfWay()
    monkeypatch.setattr(module, "right_of_way", own)
    return own


@pytest.fixture
def patient(monkeypatch):
    """Only a short request that is over lets a reader go on."""
    monkeypatch.setattr(module, "PATIENCE", 30)


class Reader(threading.Thread):
    """Reads rows on a thread of its own."""

    def __init__(self, rows):
        super().__init__(daemon=True)
        self.rows, self.read = rows, []
        self.start()

    def run(self):
        for row in self.rows:
            self.read.append(row)


@pytest.fixture
def waits(way, monkeypatch):
    """Set when a reader waits."""
    event, wait_for = threading.Event(), way._is_clear.wait_for

    def wait(*arguments):
        event.set()
        return wait_for(*arguments)

    monkeypatch.setattr(way._is_clear, "wait_for", wait)
    return event


def test_who_reads_is_kept_waiting_while_a_short_request_is_answered(way, patient, waits):
    with way.taken():
        reader = Reader(giving_way(range(3)))
        assert waits.wait(10)
        # Another that is over lets nobody go on.
        with way.taken():
            pass
        assert reader.read == []
    reader.join(10)
    assert reader.read == [0, 1, 2]


def test_who_reads_waits_for_nobody_for_ever(way, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.001)
    with way.taken():
        assert list(giving_way(range(3))) == [0, 1, 2]


def test_who_has_waited_in_vain_works_before_standing_aside_again(way, monkeypatch, patient):
    monkeypatch.setattr(module, "SHARE", 60)
    with way.taken():
        monkeypatch.setattr(module, "PATIENCE", 0.001)
        way.give()
        monkeypatch.setattr(module, "PATIENCE", 30)
        assert list(giving_way(range(1000))) == list(range(1000))


def test_who_waits_again_and_again_works_before_long(way, monkeypatch, patient):
    """Short requests that end in time, one after the other, keep nobody for ever."""
    monkeypatch.setattr(module, "SHARE", 60)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=partial(next, count(100, 20))))
    asked = []
    monkeypatch.setattr(way._is_clear, "wait_for", lambda _is_clear, timeout: asked.append(timeout))
    with way.taken():
        for _ in range(4):
            way.give()
    # Twenty seconds waited each time, of thirty in all; after them, it works for sixty.
    assert asked == [30, 10]


@pytest.mark.django_db(transaction=True)
def test_each_question_to_the_database_waits_as_well_but_not_in_a_transaction(way, monkeypatch):
    asked = []
    monkeypatch.setattr(way, "give", lambda: asked.append(1))
    with connection.execute_wrapper(give_way_before_query):
        assert list(User.objects.none()) == []
        User.objects.count()
        User.objects.exists()
        assert asked == [1, 1]
        with transaction.atomic():
            User.objects.count()
    assert asked == [1, 1]


def test_a_template_has_the_length_of_a_list_that_gives_way(way):
    rows = GivingWay(["a", "b"])
    assert (len(rows), list(rows), list(rows), "a" in rows) == (2, ["a", "b"], ["a", "b"], True)
