from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from invitations.actions.accept import accept_as_csr, accept_invitation, note_opened
from invitations.actions.invite import invite_by_email
from invitations.actions.revoke import revoke_invitation
from invitations.errors import InvitationExpired, InvitationRevoked, InvitationTaken
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.errors import NoRoom, NotACsr, SessionHasEnded
from sessions_app.models import Participant
from supportcenter.browser_secrets import digest
from tests.factories import be_here, latest, make_customer, types

pytestmark = pytest.mark.django_db


def accept(invitation, name="Carol", **more):
    return accept_invitation(invitation, name=name, language="ar", **more)


def test_accept_seats_the_customer(session, invitation):
    before = len(latest(session))

    carol, seat = accept(invitation, email="carol@example.com")

    invitation.refresh_from_db()
    assert (carol.role, carol.name, carol.email, carol.language) == ("customer", "Carol", "carol@example.com", "ar")
    assert carol.seat_hash == digest(seat)
    assert (invitation.state, invitation.participant) == ("joined", carol)
    assert types(session, before) == ["participant.joined", "customer.switched", "invitation.joined"]
    assert latest(session)[-1] == ("invitation.joined", {"invitation": invitation.pk, "participant": carol.pk})


def test_accept_on_another_device_moves_the_seat(session, invitation, amal):
    carol, first = accept(invitation)
    be_here(carol)
    happened = types(session)

    again, second = accept(invitation)

    again.refresh_from_db()
    assert (again.pk, again.seat_hash) == (carol.pk, digest(second))
    assert second != first
    assert (again.is_here, again.page) == (False, "")
    assert Participant.objects.customers().count() == amal.desk.customers == 1
    assert types(session) == happened


def test_accept_after_leaving_is_a_new_seat(session, invitation):
    carol, _seat = accept(invitation)
    leave_session(session, by=carol)

    again, _seat = accept(invitation)

    invitation.refresh_from_db()
    assert again.pk != carol.pk
    assert invitation.participant == again


def test_accept_is_refused_to_who_was_shown_out(session, invitation):
    carol, _seat = accept(invitation)
    remove_participant(session, carol, by=session.primary)

    with pytest.raises(InvitationRevoked):
        accept(invitation)


def test_accept_over_the_maximum_is_refused_and_told_to_the_primary(session, invitation, policy):
    policy.max_customers = 1
    policy.save()
    make_customer(session)
    before = len(latest(session))

    with pytest.raises(NoRoom):
        accept(invitation, name="Omar")

    invitation.refresh_from_db()
    assert invitation.joined_at is None
    assert latest(session, before) == [("join.refused", {"name": "Omar", "reason": "no_room", "count": 1})]


def test_accept_in_multi_session_mode_leads_to_a_session_of_ones_own(multi_session, amal):
    make_customer(multi_session)
    invitation = invite_by_email(
        multi_session, recipient="customer", email="omar@example.com", language="en", by=multi_session.primary
    )

    omar, _seat = accept(invitation, name="Omar")
    end_session(multi_session, by=multi_session.primary)

    invitation.refresh_from_db()
    assert omar.session != multi_session
    assert (invitation.target_session, invitation.is_usable) == (omar.session, True)


@pytest.mark.parametrize("accepting", [accept, lambda invitation: accept_as_csr(invitation, by=None)])
def test_a_void_invitation_is_refused(session, invite, accepting, time_machine):
    revoked, late = invite(), invite()
    revoke_invitation(session, revoked, by=session.primary)

    with pytest.raises(InvitationRevoked):
        accepting(revoked)

    time_machine.move_to(timezone.now() + timedelta(days=2))
    with pytest.raises(InvitationExpired):
        accepting(late)

    end_session(session, by=session.primary)
    with pytest.raises(SessionHasEnded):
        accepting(late)


def test_accept_as_csr_makes_an_assistant(session, invite, bilal):
    invitation = invite(recipient="csr")
    before = len(latest(session))

    assistant = accept_as_csr(invitation, by=bilal)

    assert assistant.role == "assistant"
    assert types(session, before) == ["participant.joined", "invitation.joined"]


def test_accept_as_csr_again_changes_nothing(session, invite, bilal):
    invitation = invite(recipient="csr")
    accept_as_csr(invitation, by=bilal)
    happened = types(session)

    accept_as_csr(invitation, by=bilal)

    assert types(session) == happened


def test_an_invitation_is_one_representatives(invite, bilal, faris):
    invitation = invite(recipient="csr")
    accept_as_csr(invitation, by=bilal)

    with pytest.raises(InvitationTaken):
        accept_as_csr(invitation, by=faris)


def test_accept_as_csr_is_refused_to_who_is_none(session, invite, eve):
    invitation = invite(recipient="csr")

    with pytest.raises(NotACsr):
        accept_as_csr(invitation, by=eve)

    invitation.refresh_from_db()
    assert invitation.joined_at is None


def test_opened_is_noted_once(session, invitation):
    before = len(latest(session))

    note_opened(invitation)
    note_opened(invitation)

    invitation.refresh_from_db()
    assert invitation.state == "opened"
    assert latest(session, before) == [("invitation.opened", {"invitation": invitation.pk})]


def test_opened_is_not_noted_of_a_void_invitation(session, invitation):
    revoke_invitation(session, invitation, by=session.primary)
    happened = types(session)

    note_opened(invitation)

    assert types(session) == happened


@pytest.mark.django_db(transaction=True)
def test_accepting_twice_at_once_takes_one_seat(session, invitation, amal):
    def attempt(_):
        try:
            return accept(invitation)[0].pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        seated = set(pool.map(attempt, range(2)))

    amal.desk.refresh_from_db()
    assert (len(seated), amal.desk.customers) == (1, 1)
