import ast

import pytest
from django.utils import timezone

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.locking import ANYONE, PRESENT, PRIMARY, session_action
from sessions_app.errors import NotInControl, NotInSession, SessionHasEnded
from sessions_app.models import SupportSession
from supportcenter.live.log.eventlog import Draft, record
from tests.factories import latest, make_assistant, make_customer, types
from tests.source import APPS, modules

pytestmark = pytest.mark.django_db


def wave(session, *, times=1, by):
    for _time in range(times):
        record(session.stream, Draft("participant.waved"), by=by)
    return session, by


def wave_out_of_control(session, *, by):
    wave(session, by=by)
    raise NotInControl


def last_activity(session):
    return SupportSession.objects.get(pk=session.pk).last_activity_at


def test_action_gets_the_session_and_who_acts_as_they_are_now(session, carol):
    stale = type(carol).objects.get(pk=carol.pk)
    type(carol).objects.update(name="Caroline")
    SupportSession.objects.update(conversation=7)

    locked, by = session_action(who=ANYONE)(wave)(session, by=stale)

    assert (locked.conversation, by.name, by.session) == (7, "Caroline", locked)


@pytest.mark.parametrize("who", [PRIMARY, PRESENT, ANYONE])
def test_end_is_refused_before_anything_else(session, carol, who):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        session_action(who=who)(wave)(session, by=carol)
    assert session_action(who=ANYONE, after_end=True)(wave)(session, by=carol)


def test_refusals_come_in_the_order_in_which_they_are_named(session, carol):
    leave_session(session, by=carol)

    with pytest.raises(NotInSession):
        session_action(who=PRESENT + PRIMARY)(wave)(session, by=carol)
    with pytest.raises(NotInControl):
        session_action(who=PRIMARY + PRESENT)(wave)(session, by=carol)


def test_attempt_without_control_is_on_record_and_nothing_else_is(session, bilal):
    assistant = make_assistant(session, bilal)
    before = len(types(session))

    with pytest.raises(NotInControl):
        session_action(who=ANYONE)(wave_out_of_control)(session, by=assistant)

    refused = ("control.refused", {"action": "wave_out_of_control", "code": "not_in_control"})
    assert latest(session)[before:] == [refused]


def test_attempt_of_somebody_outside_is_refused_without_a_record(session, dana):
    before = len(types(session))

    with pytest.raises(NotInControl):
        session_action(who=PRIMARY)(wave)(session, by=dana)

    assert len(types(session)) == before


# As they stand in the records of sessions; an action that is renamed keeps its name here by `known_as`.
RECORDED_NAMES = {
    "admit_customer", "ask_for_help", "ask_to_assist", "cancel_help", "correct_address", "end_session",
    "invite_by_email", "invite_by_own_program", "keep_session", "offer_files", "pause_recording", "refuse_customer",
    "remove_participant", "renew_join_link", "request_activity", "resend_invitation", "resume_recording",
    "return_control", "revoke_invitation", "start_activity", "stop_everything", "switch_customer", "switch_join_link",
    "switch_lobby", "transfer_control", "transfer_to_agents", "transfer_to_queue",
}  # fmt: skip


def recorded_names():
    """The names under which a refused attempt to control is recorded: of all actions that raise NotInControl."""
    functions = [node for path in modules(*APPS) for node in ast.walk(ast.parse(path.read_text()))]
    for function in [node for node in functions if isinstance(node, ast.FunctionDef)]:
        for call in [node for node in function.decorator_list if isinstance(node, ast.Call)]:
            if ast.unparse(call.func) == "session_action" and "NotInControl" in ast.unparse(function):
                names = {keyword.arg: keyword.value for keyword in call.keywords}
                yield ast.literal_eval(names["known_as"]) if "known_as" in names else function.name


def test_recorded_names_of_actions_stay_as_they_are():
    assert set(recorded_names()) == RECORDED_NAMES


@pytest.mark.parametrize(("times", "touch", "touched"), [(1, True, True), (0, True, False), (1, False, False)])
def test_idle_time_starts_again_when_something_was_recorded(clock, session, times, touch, touched):
    before = last_activity(session)
    clock.forward(minutes=1)

    session_action(who=PRIMARY, touch=touch)(wave)(session, times=times, by=session.primary)

    assert last_activity(session) == (timezone.now() if touched else before)


def test_idle_time_that_has_just_started_is_not_written_again(clock, session):
    act = session_action(who=PRIMARY)(wave)
    clock.forward(minutes=1)
    act(session, by=session.primary)
    before = last_activity(session)

    clock.forward(seconds=4)
    act(session, by=session.primary)
    assert last_activity(session) == before
    clock.forward(seconds=1)
    act(session, by=session.primary)
    assert last_activity(session) == timezone.now()


def test_warning_is_withdrawn_after_what_was_done(clock, session):
    make_customer(session)
    clock.forward(minutes=55)
    before = len(types(session))

    session_action(who=PRIMARY)(wave)(session, by=session.primary)

    assert types(session)[before:] == ["participant.waved", "session.stirred"]
