import pytest

from invitations.actions.correct import correct_address
from invitations.actions.revoke import revoke_invitation
from invitations.errors import AddressRefused, InvitationOpened, InvitationRevoked, NotSentByTheSite, TooManyInvitations
from invitations.models import Invitation
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from tests.factories import latest, make_assistant, types

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RIGHT = "caroline@example.com"


def test_it_goes_to_the_other_address_with_another_link(session, invitation, becomes):
    becomes(invitation, "bounced", "bad_address")
    before = len(latest(session))

    corrected = correct_address(session, invitation, email=f" <{RIGHT}>", by=session.primary)

    assert (corrected.pk, corrected.email, corrected.state, corrected.sendings) == (invitation.pk, RIGHT, "queued", 2)
    assert not Invitation.objects.with_token(invitation.token).exists()
    assert Invitation.objects.with_token(corrected.token).get() == corrected
    assert latest(session, before) == [("invitation.corrected", {"invitation": invitation.pk})]


def test_the_address_that_it_has_changes_nothing(session, invitation):
    happened = types(session)

    again = correct_address(session, invitation, email="carol@example.com", by=session.primary)

    assert (again.sendings, again.token, types(session)) == (1, invitation.token, happened)


def test_it_counts_towards_the_sessions_invitations(session, invitation, policy):
    policy.invitations_per_session = 1
    policy.save()

    with pytest.raises(TooManyInvitations):
        correct_address(session, invitation, email=RIGHT, by=session.primary)

    invitation.refresh_from_db()
    assert (invitation.email, invitation.sendings) == ("carol@example.com", 1)


def test_what_is_no_address_changes_nothing(session, invitation):
    with pytest.raises(AddressRefused):
        correct_address(session, invitation, email="carol", by=session.primary)

    invitation.refresh_from_db()
    assert invitation.email == "carol@example.com"


def test_one_that_was_opened_is_in_the_right_hands(session, invitation):
    invitation.mark_opened()

    with pytest.raises(InvitationOpened):
        correct_address(session, invitation, email=RIGHT, by=session.primary)


def test_a_revoked_one_stays_revoked(session, invitation):
    revoke_invitation(session, invitation, by=session.primary)

    with pytest.raises(InvitationRevoked):
        correct_address(session, invitation, email=RIGHT, by=session.primary)


def test_what_the_csr_sent_themselves_is_not_the_sites_to_correct(session, invite):
    with pytest.raises(NotSentByTheSite):
        correct_address(session, invite(own_program=True), email=RIGHT, by=session.primary)


def test_assistants_correct_nothing(session, invitation, bilal):
    with pytest.raises(NotInControl):
        correct_address(session, invitation, email=RIGHT, by=make_assistant(session, bilal))


def test_nothing_is_corrected_in_an_ended_session(session, invitation):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        correct_address(session, invitation, email=RIGHT, by=session.primary)
