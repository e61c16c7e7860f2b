import pytest
from django.db import transaction

from sessions_app.actions.activities.activities import request_activity, start_activity
from sessions_app.actions.activities.consent import give_consent
from sessions_app.actions.control.transfer_control import hand_over, return_control, transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.presence import close_page, equip, lose
from sessions_app.errors import (
    NobodyToReturnTo,
    NoRoom,
    NoRoomAtTarget,
    NotInControl,
    TargetGone,
    TargetIsBusy,
)
from sessions_app.rules.permissions import may_take_control
from supportcenter.accounts.models import CsrPrivileges
from tests.factories import be_here, latest, make_assistant, make_customer, make_session, types

pytestmark = pytest.mark.django_db


@pytest.fixture
def assistant(session, bilal):
    return make_assistant(session, bilal)


@pytest.fixture
def second_assistant(session, faris):
    return make_assistant(session, faris)


def primary_of(session):
    session.refresh_from_db()
    return session.primary


def test_transfer_control_needs_nobodys_acceptance(session, carol, assistant, amal, bilal):
    former = session.primary
    before = len(latest(session))

    transfer_control(session, assistant, by=former)

    assert primary_of(session) == assistant
    former.refresh_from_db()
    assert former.is_present
    assert (amal.desk.customers, bilal.desk.customers) == (0, 1)
    told = {"from": former.pk, "from_name": "Amal", "to": assistant.pk, "to_name": "Bilal", "why": "transferred"}
    assert latest(session, before) == [("chat.closed", {"conversation": 1}), ("control.transferred", told)]


def test_former_primary_may_leave_and_not_end(session, assistant):
    former = session.primary
    transfer_control(session, assistant, by=former)

    with pytest.raises(NotInControl):
        end_session(session, by=former)
    leave_session(session, by=former)

    session.refresh_from_db()
    assert session.is_open


def test_control_goes_to_present_assistants_only(session, carol, assistant, second_assistant):
    lose(session, page=assistant.page, by=assistant)
    leave_session(session, by=second_assistant)

    for nobody in (assistant, second_assistant, carol, session.primary):
        with pytest.raises(TargetGone):
            transfer_control(session, nobody, by=session.primary)


def test_control_is_transferred_by_the_primary_alone(session, carol, assistant, second_assistant):
    for somebody in (assistant, carol):
        with pytest.raises(NotInControl):
            transfer_control(session, second_assistant, by=somebody)

    assert primary_of(session).user.username == "amal"


def test_target_without_room_is_refused(session, carol, assistant, bilal):
    bilal.privileges.max_customers = 1
    bilal.privileges.multi_session = True
    bilal.privileges.save()
    make_customer(session, "Omar")

    with pytest.raises(NoRoomAtTarget):
        transfer_control(session, assistant, by=session.primary)

    assert primary_of(session).user.username == "amal"


def test_target_who_may_run_one_session_only_gets_no_second(session, assistant, bilal):
    make_session(bilal)

    with pytest.raises(TargetIsBusy):
        transfer_control(session, assistant, by=session.primary)


def test_target_whose_privileges_are_taken_at_that_moment_is_gone(session, assistant, bilal):
    """E11: after they were asked, and before their row is locked."""
    assert may_take_control(assistant, session)
    CsrPrivileges.objects.filter(user=bilal).delete()
    with pytest.raises(TargetGone), transaction.atomic():
        hand_over(session.locked(), assistant, why="transferred", by=session.primary)


def test_control_does_not_return_to_who_has_started_another_session(session, assistant, amal):
    transfer_control(session, assistant, by=session.primary)
    make_session(amal)

    with pytest.raises(TargetIsBusy):
        return_control(session, by=assistant)


def test_vanished_primarys_control_passes_over_who_is_busy_elsewhere(clock, session, assistant, second_assistant, amal):
    transfer_control(session, assistant, by=session.primary)
    elsewhere = make_session(amal)
    lose(session, page=assistant.page, by=assistant)

    clock.forward(seconds=61)

    assert (primary_of(session), primary_of(elsewhere).user) == (second_assistant, amal)


def test_control_returns_along_the_chain(session, assistant, second_assistant):
    amal = session.primary
    transfer_control(session, assistant, by=amal)
    transfer_control(session, second_assistant, by=assistant)

    return_control(session, by=second_assistant)
    assert primary_of(session) == assistant
    return_control(session, by=assistant)
    assert primary_of(session) == amal
    with pytest.raises(NobodyToReturnTo):
        return_control(session, by=amal)


def test_control_cannot_return_to_who_left(session, assistant):
    former = session.primary
    transfer_control(session, assistant, by=former)
    leave_session(session, by=former)

    with pytest.raises(NobodyToReturnTo):
        return_control(session, by=assistant)


def test_everything_that_runs_ends_in_order(session, carol, assistant):
    former = session.primary
    for kind in ("voice", "recording", "video", "files"):
        start_activity(session, kind, by=former)
    view = request_activity(session, "view_desktop", carol, by=former)
    give_consent(session, view, by=carol)
    request_activity(session, "video", carol, by=former)
    before = len(latest(session))

    transfer_control(session, assistant, by=former)

    happened = latest(session, before)
    assert [(event, data.get("kind")) for event, data in happened] == [
        ("activity.stopped", "view_desktop"),
        ("activity.stopped", "files"),
        ("activity.stopped", "video"),
        ("activity.stopped", "video"),
        ("activity.stopped", "recording"),
        ("activity.stopped", "voice"),
        ("chat.closed", None),
        ("control.transferred", None),
    ]
    assert {data["reason"] for event, data in happened[:5]} == {"control_transferred"}
    assert happened[5][1]["reason"] == "no_voice"


def test_call_goes_on_where_the_new_primary_can_carry_it(session, assistant):
    call = start_activity(session, "voice", by=session.primary)
    equip(session, can={"voice": True}, by=assistant)

    transfer_control(session, assistant, by=session.primary)

    call.refresh_from_db()
    assert (call.state, call.owner) == ("running", assistant)
    assert types(session)[-3:] == ["activity.moved", "chat.closed", "control.transferred"]


def test_primary_who_received_control_and_vanished_gives_it_back(clock, session, assistant, second_assistant):
    former = session.primary
    transfer_control(session, assistant, by=former)
    lose(session, page=assistant.page, by=assistant)

    clock.forward(seconds=60)

    assert primary_of(session) == former
    assistant.refresh_from_db()
    assert not assistant.is_present
    assert types(session)[-2:] == ["control.transferred", "participant.left"]


def test_vanished_primarys_control_goes_to_the_longest_present(clock, session, assistant, second_assistant):
    former = session.primary
    transfer_control(session, second_assistant, by=former)
    leave_session(session, by=former)
    close_page(session, page=second_assistant.page, secret="s", by=be_here(second_assistant, page="p", secret="s"))
    second_assistant.refresh_from_db()
    close_page(session, page="p", secret="s", by=second_assistant)

    clock.forward(seconds=10)

    assert primary_of(session) == assistant


def test_session_ends_when_nobody_can_follow(clock, session, assistant):
    former = session.primary
    transfer_control(session, assistant, by=former)
    leave_session(session, by=former)
    lose(session, page=assistant.page, by=assistant)

    clock.forward(seconds=60)

    session.refresh_from_db()
    assert session.end_reason == "connection_lost"


def test_starter_in_control_who_vanishes_ends_the_session(clock, session, assistant):
    lose(session, page=session.primary.page, by=be_here(session.primary, page=session.primary.page))

    clock.forward(seconds=60)

    session.refresh_from_db()
    assert session.end_reason == "connection_lost"


def test_customers_count_for_the_new_primary(session, carol, assistant, policy):
    policy.max_customers = 1
    policy.save()
    transfer_control(session, assistant, by=session.primary)

    with pytest.raises(NoRoom):
        join_session(session, name="Omar")


def test_privilege_withdrawn_in_mid_session_refuses_the_next_action(session, assistant, amal):
    amal.privileges.delete()

    with pytest.raises(NotInControl):
        transfer_control(session, assistant, by=session.primary)
