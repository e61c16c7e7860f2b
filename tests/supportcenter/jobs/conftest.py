from datetime import timedelta

import pytest

from supportcenter.jobs.workers.runner import handler

_calls = []


@handler("tests.note")
def note(**payload):
    _calls.append(payload)


@handler("tests.fails")
def fails():
    raise RuntimeError("no luck")


@handler("tests.clock", every=timedelta(seconds=60))
def clock():
    _calls.append({"tick": True})


@pytest.fixture
def calls():
    """What the handlers were called with."""
    _calls.clear()
    return _calls
