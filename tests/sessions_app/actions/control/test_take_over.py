import pytest
from django.db import transaction

from sessions_app.actions.control.ask_back import ask_back
from sessions_app.actions.control.relinquish import relinquish_session
from sessions_app.actions.control.take_over import take_over_session
from sessions_app.actions.control.transfer_control import return_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NobodyInControl, NoRoomForMore, NotAManager, SessionHasEnded, SessionRunning
from supportcenter.accounts.models import CsrPrivileges, User
from tests.factories import latest, make_assistant, make_customer, make_session, types

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(bilal):
    CsrPrivileges.objects.filter(user=bilal).update(manager=True)
    return User.objects.get(pk=bilal.pk)


def test_manager_joins_and_is_in_control_at_once(session, carol, manager, amal):
    former, before = session.primary, len(latest(session))

    taker = take_over_session(session, by=manager)

    session.refresh_from_db()
    assert session.primary == taker
    assert (taker.name, former.is_present) == ("Bilal", True)
    amal.desk.refresh_from_db()
    assert (amal.desk.customers, manager.desk.customers) == (0, 1)
    told = {"from": former.pk, "from_name": "Amal", "to": taker.pk, "to_name": "Bilal", "why": "taken_over"}
    joined = {"participant": taker.pk, "name": "Bilal", "role": "assistant"}
    assert latest(session)[before:] == [
        ("participant.joined", joined),
        ("chat.closed", {"conversation": 1}),
        ("control.transferred", told),
    ]


def test_manager_who_assists_stays_one_participant_and_a_repeat_changes_nothing(session, manager):
    assistant = make_assistant(session, manager)
    assert take_over_session(session, by=manager) == assistant
    before = types(session)
    assert take_over_session(session, by=manager) == assistant
    assert types(session) == before


def test_control_can_be_asked_back_and_returned(session, manager):
    former = session.primary
    taker = take_over_session(session, by=manager)
    ask_back(session, by=former)
    taker.refresh_from_db()
    return_control(session, by=taker)
    session.refresh_from_db()
    assert session.primary == former


def test_others_are_refused_whatever_was_read_before(session, carol, faris, dana, manager):
    CsrPrivileges.objects.filter(user=manager.pk).update(manager=False)
    before = types(session)
    for user in (faris, dana, manager):
        with pytest.raises(NotAManager):
            take_over_session(session, by=user)
    assert types(session) == before


def test_limits_of_the_manager_hold_and_change_nothing(session, carol, manager, policy):
    own = make_session(manager)
    with pytest.raises(SessionRunning) as refused:
        take_over_session(session, by=manager)
    assert refused.value.facts == {"session": own.key}
    end_session(own, by=own.primary)
    make_customer(session, "Omar")
    policy.max_customers = 1
    policy.save()
    before = types(session)
    with pytest.raises(NoRoomForMore):
        take_over_session(session, by=manager)
    assert types(session) == before


def test_session_without_a_primary_or_ended_is_not_taken(session, carol, manager):
    with transaction.atomic():
        relinquish_session(session.locked(), by=session.primary)
    with pytest.raises(NobodyInControl):
        take_over_session(session, by=manager)
    other = make_session(User.objects.get(username="amal"))
    end_session(other, by=other.primary)
    with pytest.raises(SessionHasEnded):
        take_over_session(other, by=manager)
