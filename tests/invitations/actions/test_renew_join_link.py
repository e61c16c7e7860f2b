import pytest

from invitations.actions.renew_join_link import renew_join_link
from invitations.rules.links import join_token, session_of_join_token
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from tests.factories import latest, make_assistant

pytestmark = pytest.mark.django_db


def test_renew_makes_earlier_links_void(session):
    earlier = join_token(session, "customer")
    assert session_of_join_token(earlier) == (session, "customer")
    before = len(latest(session))

    renewed = renew_join_link(session, by=session.primary)

    assert session_of_join_token(earlier) is None
    assert session_of_join_token(join_token(renewed, "customer")) == (session, "customer")
    assert latest(session, before) == [("link.renewed", {})]


def test_renew_is_refused_to_assistants(session, bilal):
    with pytest.raises(NotInControl):
        renew_join_link(session, by=make_assistant(session, bilal))


def test_renew_in_an_ended_session_is_refused(session):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        renew_join_link(session, by=session.primary)
