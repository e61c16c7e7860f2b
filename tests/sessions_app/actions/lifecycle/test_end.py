import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from sessions_app.rules.streams import lobby_stream
from supportcenter.live.log.eventlog import events_after
from tests.factories import latest, make_assistant, make_customer, types

pytestmark = pytest.mark.django_db


def test_end_session_ends_it_for_everyone(session, carol, amal):
    before = len(latest(session))

    end_session(session, by=session.primary)

    session.refresh_from_db()
    carol.refresh_from_db()
    assert (session.is_open, session.end_reason) == (False, "ended")
    assert (carol.is_present, carol.left_reason) == (False, "ended")
    assert amal.desk.customers == 0
    assert latest(session, before) == [("session.ended", {"reason": "ended"})]


def test_end_reaches_who_waits_in_the_lobby(session, policy):
    policy.admit_by_hand = True
    policy.save()
    waiting = make_customer(session)
    end_session(session, by=session.primary)
    told = events_after(lobby_stream(waiting), 0, audience="everyone")
    assert [event.type for event in told] == ["lobby.left"]


def test_end_session_is_refused_to_assistants_and_customers(session, carol, bilal):
    assistant = make_assistant(session, bilal)

    for somebody in (assistant, carol):
        with pytest.raises(NotInControl):
            end_session(session, by=somebody)

    session.refresh_from_db()
    assert session.is_open
    assert latest(session)[-1] == ("control.refused", {"action": "end_session", "code": "not_in_control"})


def test_end_session_by_an_admin_says_so(session, dana):
    end_session(session, by=dana)

    session.refresh_from_db()
    assert session.end_reason == "ended_by_admin"


def test_end_session_is_refused_to_who_is_merely_signed_in(session, eve):
    with pytest.raises(NotInControl):
        end_session(session, by=eve)


def test_end_session_twice_changes_nothing(session):
    end_session(session, by=session.primary)
    ended = types(session)

    with pytest.raises(SessionHasEnded):
        end_session(session, by=session.primary)

    assert types(session) == ended
