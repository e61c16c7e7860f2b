from datetime import timedelta

import pytest
from django.utils import timezone

from invitations.actions.resend import resend_invitation
from invitations.actions.revoke import revoke_invitation
from invitations.errors import InvitationRevoked, NotSentByTheSite, TooManyInvitations
from invitations.models import Invitation
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from supportcenter.jobs.models import Job
from tests.factories import latest, make_assistant, types

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(becomes):
    return lambda invitation: becomes(invitation, "rejected", "refused", "no")


def test_resend_sends_the_same_link_once_more(session, invitation, failed):
    failed(invitation)
    before = len(latest(session))

    again = resend_invitation(session, invitation, by=session.primary)

    assert (again.state, again.sendings, again.delivery.reason, again.token) == ("queued", 2, "", invitation.token)
    assert Invitation.objects.with_token(invitation.token).get() == invitation
    assert Job.objects.order_by("pk").last().payload == {"delivery": again.delivery_id}
    assert latest(session, before) == [("invitation.resent", {"invitation": invitation.pk})]


def test_resend_gives_the_full_time_again(session, invitation, failed, policy, time_machine):
    failed(invitation)
    time_machine.move_to(timezone.now() + timedelta(hours=policy.link_hours, minutes=1))
    invitation.refresh_from_db()
    assert invitation.state == "expired"

    assert resend_invitation(session, invitation, by=session.primary).is_usable


def test_resend_of_one_on_its_way_changes_nothing(session, invitation):
    happened = types(session)

    again = resend_invitation(session, invitation, by=session.primary)

    assert (again.sendings, types(session)) == (1, happened)


def test_resend_counts_towards_the_sessions_invitations(session, invitation, policy, becomes):
    policy.invitations_per_session = 1
    policy.save()
    becomes(invitation, "sent")

    with pytest.raises(TooManyInvitations):
        resend_invitation(session, invitation, by=session.primary)


def test_resend_is_refused_to_assistants(session, invitation, failed, bilal):
    failed(invitation)

    with pytest.raises(NotInControl):
        resend_invitation(session, invitation, by=make_assistant(session, bilal))


def test_resend_of_a_revoked_one_is_refused(session, invitation):
    revoke_invitation(session, invitation, by=session.primary)

    with pytest.raises(InvitationRevoked):
        resend_invitation(session, invitation, by=session.primary)


def test_resend_of_what_the_csr_sent_themselves_is_refused(session, invite):
    with pytest.raises(NotSentByTheSite):
        resend_invitation(session, invite(own_program=True), by=session.primary)


def test_resend_into_an_ended_session_is_refused(session, invitation):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        resend_invitation(session, invitation, by=session.primary)
