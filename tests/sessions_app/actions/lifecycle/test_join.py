import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import admit_customer, join_session, refuse_customer
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.errors import NoRoom, NotInControl, SessionHasEnded
from sessions_app.models import Participant, SupportSession
from tests.factories import latest, make_assistant, make_customer, make_session, types

pytestmark = pytest.mark.django_db


def test_join_session_seats_the_customer(session, amal):
    before = len(latest(session))

    carol, seat = join_session(session, name="Carol", email="carol@example.com", language="ar")

    session.refresh_from_db()
    assert (carol.role, carol.is_admitted, carol.language) == ("customer", True, "ar")
    assert len(seat) >= 43
    assert seat not in carol.seat_hash
    assert session.current_customer == carol
    assert amal.desk.customers == 1
    assert latest(session, before) == [
        ("participant.joined", {"participant": carol.pk, "name": "Carol", "role": "customer"}),
        ("customer.switched", {"participant": carol.pk}),
    ]


def test_join_over_the_maximum_is_refused_and_told_to_the_primary(session, amal, policy):
    policy.max_customers = 1
    policy.save()
    make_customer(session)
    before = len(latest(session))

    with pytest.raises(NoRoom):
        join_session(session, name="Omar")

    assert amal.desk.customers == 1
    assert session.participants.customers().count() == 1
    assert latest(session, before) == [("join.refused", {"name": "Omar", "reason": "no_room", "count": 1})]


def test_own_maximum_of_a_csr_goes_before_the_sites(session, amal, policy):
    amal.privileges.max_customers = 1
    amal.privileges.save()
    make_customer(session)

    with pytest.raises(NoRoom):
        join_session(session, name="Omar")


def test_lowering_the_maximum_throws_nobody_out(session, amal, policy):
    make_customer(session, "Carol")
    omar = make_customer(session, "Omar")
    policy.max_customers = 1
    policy.save()

    omar.refresh_from_db()
    assert omar.is_present
    leave_session(session, by=omar)
    with pytest.raises(NoRoom):
        join_session(session, name="Lina")


def test_leaving_makes_room(session, carol, policy):
    policy.max_customers = 1
    policy.save()

    leave_session(session, by=carol)

    assert make_customer(session, "Omar").is_present


def test_join_is_refused_after_the_end(session):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        join_session(session, name="Carol")


def test_further_customer_in_multi_session_mode_gets_a_session_of_their_own(amal):
    amal.privileges.multi_session = True
    amal.privileges.save()
    session = make_session(amal)
    carol = make_customer(session)
    before = len(latest(session))

    omar = make_customer(session, "Omar")

    assert carol.session == session
    branch = SupportSession.objects.get(pk=omar.session_id)
    assert branch != session
    assert (branch.primary.user, branch.mode, branch.branched_from) == (amal, "multi", session)
    assert branch.number != session.number
    facts = {"session": branch.key, "number": branch.number, "participant": session.primary_id}
    assert latest(session, before) == [("session.branched", facts)]
    assert amal.desk.customers == 2


def test_lobby_holds_a_customer_until_the_primary_lets_them_in(session, policy):
    policy.admit_by_hand = True
    policy.save()
    carol, _seat = join_session(session, name="Carol")
    assert (carol.is_admitted, types(session)[-1]) == (False, "participant.waiting")

    admit_customer(session, carol, by=session.primary)
    again = types(session)
    admit_customer(session, carol, by=session.primary)

    carol.refresh_from_db()
    assert carol.is_admitted
    assert types(session) == again
    assert again[-2:] == ["participant.joined", "customer.switched"]


def test_lobby_is_opened_by_the_primary_alone(session, policy, bilal):
    policy.admit_by_hand = True
    policy.save()
    carol, _seat = join_session(session, name="Carol")
    assistant = make_assistant(session, bilal)

    with pytest.raises(NotInControl):
        admit_customer(session, carol, by=assistant)

    carol.refresh_from_db()
    assert not carol.is_admitted


def test_customer_turned_away_frees_the_slot(session, amal, policy):
    policy.admit_by_hand = True
    policy.save()
    carol, _seat = join_session(session, name="Carol")

    refuse_customer(session, carol, by=session.primary)

    carol.refresh_from_db()
    assert (carol.is_present, carol.left_reason) == (False, Participant.LeftReason.NOT_ADMITTED)
    assert amal.desk.customers == 0
