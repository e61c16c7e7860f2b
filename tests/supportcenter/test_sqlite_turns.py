"""Whose turn it is to write: nobody who has waited for long is overtaken, and who has the lock may take it again."""

import threading

import pytest

from supportcenter.sqlite_queue import turns
from supportcenter.sqlite_queue.turns import Turns

PATIENCE = 30


class Writer(threading.Thread):
    """Takes the lock when it can, and gives it back when told."""

    def __init__(self, lock):
        super().__init__(daemon=True)
        self.lock, self.has_it, self.may_go = lock, threading.Event(), threading.Event()
        self.start()

    def run(self):
        with_it = self.lock.acquire(timeout=PATIENCE)
        assert with_it
        self.has_it.set()
        self.may_go.wait(PATIENCE)
        self.lock.release()

    def goes(self):
        self.may_go.set()
        self.join(PATIENCE)


def in_another_thread(function):
    found = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join(PATIENCE)
    return found[0]


def wait_for(lock, number):
    while len(lock._waiting) < number:
        threading.Event().wait(0.001)


@pytest.fixture
def lock():
    return Turns()


def test_it_is_one_threads(lock):
    assert lock.acquire()
    assert not in_another_thread(lambda: lock.acquire(blocking=False))
    lock.release()
    assert in_another_thread(lambda: lock.acquire(blocking=False))


def test_its_thread_may_take_it_again_and_gives_it_back_as_often(lock):
    lock.acquire()
    assert lock.acquire(blocking=False)
    lock.release()
    assert not in_another_thread(lambda: lock.acquire(blocking=False))
    lock.release()
    assert in_another_thread(lambda: lock.acquire(blocking=False))


def test_nobody_gives_back_what_another_has(lock):
    lock.acquire()
    with pytest.raises(RuntimeError):
        in_another_thread_raising(lock.release)


def in_another_thread_raising(function):
    raised = []

    def run():
        try:
            function()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(PATIENCE)
    raise raised[0]


def test_who_has_waited_for_long_is_not_overtaken_by_who_gives_it_back(lock, monkeypatch):
    monkeypatch.setattr(turns, "LONG", -1)
    lock.acquire()
    waiting = Writer(lock)
    wait_for(lock, 1)
    lock.release()
    assert not lock.acquire(blocking=False)
    assert waiting.has_it.wait(PATIENCE)
    waiting.goes()
    assert lock.acquire(blocking=False)


def test_those_who_have_waited_for_long_come_in_their_order(lock, monkeypatch):
    monkeypatch.setattr(turns, "LONG", -1)
    lock.acquire()
    writers = []
    for number in range(3):
        writers.append(Writer(lock))
        wait_for(lock, number + 1)
    lock.release()
    for number, writer in enumerate(writers):
        assert writer.has_it.wait(PATIENCE)
        assert not any(later.has_it.is_set() for later in writers[number + 1 :])
        writer.goes()


def test_who_waits_no_longer_is_passed_over(lock, monkeypatch):
    monkeypatch.setattr(turns, "LONG", -1)
    lock.acquire()
    assert not in_another_thread(lambda: lock.acquire(timeout=0))
    waiting = Writer(lock)
    wait_for(lock, 1)
    lock.release()
    assert waiting.has_it.wait(PATIENCE)
    waiting.goes()


def test_who_has_just_come_gets_it_when_it_is_free(lock, monkeypatch):
    monkeypatch.setattr(turns, "LONG", 1000)
    lock.acquire()
    waiting = Writer(lock)
    wait_for(lock, 1)
    lock.release()
    assert waiting.has_it.wait(PATIENCE)
    waiting.goes()
    assert lock.acquire(blocking=False)
