import pytest

from sessions_app.actions.control.ask_back import ask_back
from sessions_app.actions.control.transfer_control import return_control, transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import AskedTooOften, ControlMovedOn, SessionHasEnded
from sessions_app.rules.asking import PAUSE
from tests.factories import latest, make_assistant, types

pytestmark = pytest.mark.django_db


@pytest.fixture
def former(session, bilal):
    former = session.primary
    transfer_control(session, make_assistant(session, bilal), by=former)
    return former


def test_former_primary_asks_and_takes_nothing(session, former):
    before = len(types(session))
    ask_back(session, by=former)
    session.refresh_from_db()
    assert session.primary.name == "Bilal"
    told = {"participant": former.pk, "name": "Amal"}
    assert latest(session)[before:] == [("control.asked_back", told)]


def test_next_asking_waits_a_while(session, former, clock):
    ask_back(session, by=former)
    with pytest.raises(AskedTooOften):
        ask_back(session, by=former)
    clock.forward(seconds=PAUSE.total_seconds() + 1)
    ask_back(session, by=former)
    assert types(session).count("control.asked_back") == 2


def test_those_who_have_given_nothing_cannot_ask(session, former, faris, carol):
    for other in (make_assistant(session, faris), carol):
        with pytest.raises(ControlMovedOn):
            ask_back(session, by=other)


def test_nothing_is_left_to_ask_once_control_has_come_back_or_gone_on(session, former, faris):
    session.refresh_from_db()
    return_control(session, by=session.primary)
    with pytest.raises(ControlMovedOn):
        ask_back(session, by=former)
    former.refresh_from_db()
    second = make_assistant(session, faris)
    transfer_control(session, second, by=former)
    session.refresh_from_db()
    bilal = session.participants.get(name="Bilal")
    second.refresh_from_db()
    transfer_control(session, bilal, by=second)
    with pytest.raises(ControlMovedOn):
        ask_back(session, by=former)


def test_ended_session_is_asked_for_no_more(session, former):
    session.refresh_from_db()
    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        ask_back(session, by=former)
