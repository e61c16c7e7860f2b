"""Who is in control when two want it, or one hands it on while another ends (E4, E12, S37)."""

from functools import partial

import pytest

from sessions_app.actions.activities.activities import start_activity, stop_activity
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.control.transfer_control import return_control, transfer_control
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.models import SupportSession
from supportcenter.accounts.capabilities import Capability
from tests.factories import make_assistant, make_customer, make_session, types
from tests.races.together import refusals, together, winners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def test_transfer_against_the_end(rounds):
    for scene in rounds():
        outcomes = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(end_session, scene.session, by=scene.primary),
        )
        # The second found it ended, or themselves no longer in control.
        assert refusals(outcomes) in (["session_has_ended"], ["not_in_control"])
        assert scene.state().is_open == (refusals(outcomes) == ["not_in_control"])


def test_transfer_against_the_end_by_an_admin(rounds, dana):
    for scene in rounds():
        transferred, ended = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(end_session, scene.session, by=dana),
        )
        assert ended.end_reason == "ended_by_admin"
        assert set(refusals([transferred])) <= {"session_has_ended"}


def test_transfer_against_transfer(rounds):
    for scene in rounds():
        outcomes = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(transfer_control, scene.session, scene.third, by=scene.primary),
        )
        assert refusals(outcomes) == ["not_in_control"]
        winner = scene.second if winners(outcomes) == outcomes[:1] else scene.third
        assert scene.state().primary_id == winner.pk
        assert types(scene.session).count("control.transferred") == 1


def test_transfer_against_the_target_leaving(rounds):
    for scene in rounds():
        outcomes = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(leave_session, scene.session, by=scene.second),
        )
        # E7: the target was gone; or control came first, and who is in control does not leave (E4).
        assert refusals(outcomes) in (["target_gone"], ["primary_cannot_leave"])


def test_transfer_against_the_target_being_removed(rounds):
    for scene in rounds():
        outcomes = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(remove_participant, scene.session, scene.second, by=scene.primary),
        )
        assert refusals(outcomes) in (["target_gone"], ["not_in_control"])


def test_return_against_transfer_onward(rounds):
    for scene in rounds():
        transfer_control(scene.session, scene.second, by=scene.primary)
        outcomes = together(
            partial(return_control, scene.session, by=scene.second),
            partial(transfer_control, scene.session, scene.third, by=scene.second),
        )
        assert refusals(outcomes) == ["not_in_control"]


def test_two_sessions_exchange_their_csrs(rounds):
    """Each transfer moves places between the same two desks, the other way round."""
    for scene in rounds():
        others = make_session(make_multi(scene.bilal))
        make_customer(others)
        back = make_assistant(others, make_multi(scene.amal))
        together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(transfer_control, others, back, by=others.primary),
        )
        others.refresh_from_db()
        assert (scene.state().primary_id, others.primary_id) == (scene.second.pk, back.pk)


def test_csr_of_one_session_is_not_handed_two(rounds):
    for scene in rounds():
        others = make_session(scene.person("hala"))
        there = make_assistant(others, scene.bilal)
        outcomes = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(transfer_control, others, there, by=others.primary),
        )
        assert refusals(outcomes) == ["target_is_busy"]
        assert SupportSession.objects.controlled_by(scene.bilal).count() == 1


def test_csr_of_one_session_starts_one_while_another_is_handed_to_them(rounds):
    for scene in rounds():
        outcomes = together(
            partial(transfer_control, scene.session, scene.second, by=scene.primary),
            partial(start_session, by=scene.bilal),
        )
        assert refusals(outcomes) in (["target_is_busy"], ["session_running"])
        assert SupportSession.objects.controlled_by(scene.bilal).count() == 1


def test_two_starts_of_one_csr(rounds):
    for scene in rounds():
        hala = scene.person("hala")
        outcomes = together(*[partial(start_session, by=hala)] * 2)
        assert refusals(outcomes) == ["session_running"]


def test_end_twice(rounds):
    for scene in rounds():
        outcomes = together(*[partial(end_session, scene.session, by=scene.primary)] * 4)
        assert refusals(outcomes) == ["session_has_ended"] * 3
        assert types(scene.session).count("session.ended") == 1


def test_one_csr_assists_twice(rounds):
    for scene in rounds():
        hala = scene.person("hala")
        first, second = together(*[partial(assist_session, scene.session, by=hala)] * 2)
        assert first == second


def test_switch_against_stop(rounds):
    for scene in rounds():
        other = make_customer(scene.session, "Omar")
        sharing = start_activity(scene.session, Capability.SHARE_DESKTOP, by=scene.primary)
        outcomes = together(
            partial(switch_customer, scene.session, other, by=scene.primary),
            partial(stop_activity, scene.session, sharing, by=scene.primary),
        )
        assert refusals(outcomes) == []
        assert types(scene.session).count("activity.stopped") == 1
        assert scene.state().current_customer_id == other.pk


def test_switch_against_the_customer_leaving(rounds):
    for scene in rounds():
        other = make_customer(scene.session, "Omar")
        switched, left = together(
            partial(switch_customer, scene.session, other, by=scene.primary),
            partial(leave_session, scene.session, by=other),
        )
        assert left is None
        assert set(refusals([switched])) <= {"no_such_participant"}
        assert scene.state().current_customer_id == scene.carol.pk


def make_multi(csr):
    csr.csr_privileges.multi_session = True
    csr.csr_privileges.save()
    return csr
