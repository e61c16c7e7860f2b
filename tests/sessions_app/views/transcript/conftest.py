"""A session in which something was said."""

from datetime import timedelta

import pytest

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from tests.sessions_app.views.transcript.conversation import NOON


@pytest.fixture
def now(time_machine):
    """A clock that stands, and is moved on by seconds."""
    time_machine.move_to(NOON, tick=False)
    return lambda seconds: time_machine.shift(timedelta(seconds=seconds))


@pytest.fixture
def talk(session, carol):
    return say(session, text="It does not print", client_id="c1", by=carol)


@pytest.fixture
def ended(session, talk, settings):
    settings.MAIL_IS_SET_UP = True
    end_session(session, by=session.primary)
    session.refresh_from_db()
    return session
