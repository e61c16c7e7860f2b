import pytest

from sessions_app.actions.presence.presence import (
    arrive,
    close_page,
    lose,
    restore,
)
from sessions_app.errors import SessionHasEnded
from tests.factories import types
from tests.sessions_app.actions.presence.conftest import PAGE, SECRET

pytestmark = pytest.mark.django_db


def test_session_whose_page_was_closed_is_restored_in_another_tab(clock, session, primary):
    before = types(session)
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    clock.forward(seconds=9)
    restore(session, by=primary)
    clock.forward(seconds=9)
    arrive(session, page="page-2", secret="another tab", by=primary)
    clock.forward(seconds=120)
    session.refresh_from_db()
    assert session.is_open
    assert types(session) == before


def test_restored_session_to_which_nobody_comes_ends(clock, session, primary):
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    restore(session, by=primary)
    clock.forward(seconds=59)
    session.refresh_from_db()
    assert session.is_open
    clock.forward(seconds=1)
    session.refresh_from_db()
    assert session.end_reason == "connection_lost"


def test_restoring_changes_nothing_while_the_page_is_there_or_expected(clock, session, primary):
    restore(session, by=primary)
    primary.refresh_from_db()
    assert primary.is_here
    lose(session, page=PAGE, by=primary)
    restore(session, by=primary)
    clock.forward(seconds=60)
    session.refresh_from_db()
    assert session.end_reason == "connection_lost"


def test_nothing_is_restored_after_the_grace(clock, session, primary):
    close_page(session, page=PAGE, secret=SECRET, by=primary)
    clock.forward(seconds=10)
    with pytest.raises(SessionHasEnded):
        restore(session, by=primary)
