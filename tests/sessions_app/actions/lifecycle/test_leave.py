import pytest

from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.errors import NoSuchParticipant, NotInControl, NotInSession, PrimaryCannotLeave
from tests.factories import latest, make_assistant, make_customer

pytestmark = pytest.mark.django_db


def test_last_customer_leaving_does_not_end_the_session(session, carol, amal):
    before = len(latest(session))

    leave_session(session, by=carol)

    session.refresh_from_db()
    assert session.is_open
    assert amal.desk.customers == 0
    assert latest(session, before) == [
        ("participant.left", {"participant": carol.pk, "name": "Carol", "role": "customer", "reason": "left"}),
        ("customer.switched", {"participant": None}),
    ]


def test_current_customer_leaving_makes_the_next_one_current(session, carol):
    omar = make_customer(session, "Omar")

    leave_session(session, by=carol)

    session.refresh_from_db()
    assert session.current_customer == omar


def test_assistant_leaves_and_the_session_goes_on(session, bilal):
    assistant = make_assistant(session, bilal)

    leave_session(session, by=assistant)

    session.refresh_from_db()
    assistant.refresh_from_db()
    assert (session.is_open, assistant.is_present) == (True, False)


def test_primary_cannot_leave(session):
    with pytest.raises(PrimaryCannotLeave):
        leave_session(session, by=session.primary)


def test_leaving_twice_is_refused_and_frees_one_slot(session, carol, amal):
    make_customer(session, "Omar")
    leave_session(session, by=carol)

    with pytest.raises(NotInSession):
        leave_session(session, by=carol)

    assert amal.desk.customers == 1


def test_primary_removes_a_participant(session, carol, amal):
    remove_participant(session, carol, by=session.primary)

    carol.refresh_from_db()
    assert (carol.is_present, carol.left_reason) == (False, "removed")
    assert amal.desk.customers == 0


def test_removing_is_refused_to_assistants_and_for_oneself(session, carol, bilal):
    assistant = make_assistant(session, bilal)

    with pytest.raises(NotInControl):
        remove_participant(session, carol, by=assistant)
    with pytest.raises(NotInControl):
        remove_participant(session, session.primary, by=session.primary)

    carol.refresh_from_db()
    assert carol.is_present


def test_removing_who_is_not_there_is_refused(session, carol):
    leave_session(session, by=carol)

    with pytest.raises(NoSuchParticipant):
        remove_participant(session, carol, by=session.primary)
