import pytest

from sessions_app.actions.activities.activities import start_activity, stop_activity
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.idle_timeout import keep_open
from sessions_app.errors import NotInControl
from tests.factories import latest, make_assistant, make_customer, make_session, types

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(clock, amal):
    return make_session(amal)


def state(session):
    session.refresh_from_db()
    return session.is_open, session.end_reason


def test_session_nobody_joined_is_warned_then_ended(clock, session):
    clock.forward(minutes=55)
    assert types(session)[-1] == "session.quiet"
    assert state(session) == (True, "")

    clock.forward(minutes=5)
    assert state(session) == (False, "nobody_joined")


def test_quiet_session_ends_for_quiet(clock, session):
    make_customer(session)
    clock.forward(minutes=55)
    clock.forward(minutes=5)

    assert state(session) == (False, "quiet")


def test_whatever_happens_starts_the_quiet_again(clock, session):
    carol = make_customer(session)
    clock.forward(minutes=55)
    say(session, text="Still there?", client_id="c1", by=carol)
    assert types(session)[-1] == "session.stirred"

    clock.forward(minutes=54)
    assert state(session) == (True, "")
    clock.forward(minutes=1)
    assert types(session)[-1] == "session.quiet"


def test_primary_keeps_the_session_open(clock, session, bilal):
    assistant = make_assistant(session, bilal)
    clock.forward(minutes=55)
    with pytest.raises(NotInControl):
        keep_open(session, by=assistant)
    assert latest(session)[-1] == ("control.refused", {"action": "keep_session", "code": "not_in_control"})

    keep_open(session, by=session.primary)
    clock.forward(minutes=5)

    assert state(session) == (True, "")


def test_after_a_downtime_the_warning_still_comes_first(clock, session):
    clock.forward(hours=9)
    assert types(session)[-1] == "session.quiet"
    assert state(session) == (True, "")

    clock.forward(minutes=5)
    assert state(session) == (False, "nobody_joined")


def test_zero_minutes_mean_never(clock, session, policy):
    policy.nobody_joined_minutes = 0
    policy.save()

    clock.forward(hours=9)
    clock.forward(hours=9)

    assert state(session) == (True, "")
    assert "session.quiet" not in types(session)


def test_long_share_or_call_is_not_quiet_and_a_recording_alone_is(clock, session):
    make_customer(session)
    call = start_activity(session, "voice", by=session.primary)
    start_activity(session, "recording", by=session.primary)
    for _hour in range(3):
        clock.forward(minutes=60)
    assert types(session).count("session.quiet") == 0

    stop_activity(session, call, by=session.primary)
    clock.forward(minutes=60)
    assert types(session)[-1] == "session.quiet"
