"""The clock that all processes share."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from supportcenter import clock

pytestmark = pytest.mark.django_db
WRONG, NEAR = timedelta(seconds=90), timedelta(seconds=20)


def on_postgres(test):
    """SQLite serves one machine, which has one clock."""
    return pytest.mark.both_databases(pytest.mark.postgresql(test))


@on_postgres
def test_machine_that_was_set_goes_on_by_the_databases_clock(time_machine):
    for wrong in (WRONG, -WRONG):
        right = timezone.now()
        clock.now()
        time_machine.move_to(right + wrong)
        assert abs(clock.now() - right) < NEAR
        time_machine.move_to(right)


@on_postgres
def test_time_never_goes_back_between_two_looks():
    first = clock.now()
    assert first <= clock.now()


@on_postgres
def test_machine_whose_clock_is_wrong_says_so_once(time_machine, caplog):
    clock.look()
    time_machine.move_to(timezone.now() + WRONG)
    with caplog.at_level(logging.WARNING, logger="supportcenter.clock"):
        clock.look()
        clock.look()
    (warning,) = caplog.messages
    assert warning.startswith("This machine's clock is 90.0 seconds ahead of the database's.")


@on_postgres
def test_who_may_not_ask_goes_on_from_the_last_look(time_machine):
    right = timezone.now()
    clock.look()
    time_machine.move_to(right + WRONG)
    assert abs(clock.estimate() - right) < NEAR


def test_on_sqlite_it_is_this_machines_clock(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    assert clock.now() == timezone.now()
