"""One invitation opened on two devices, or taken back while it is used (E38, E39)."""

from functools import partial

import pytest

from invitations.actions.accept import accept_as_csr, accept_invitation
from invitations.actions.invite import invite_by_email
from invitations.actions.revoke import revoke_invitation
from sessions_app.actions.lifecycle.end import end_session
from supportcenter.browser_secrets import digest
from supportcenter.mail.actions import confirm
from tests.races.together import refusals, together, winners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def invite(scene, recipient="customer"):
    return invite_by_email(
        scene.session, recipient=recipient, email="omar@example.com", language="en", by=scene.primary
    )


def accept(invitation):
    return partial(accept_invitation, invitation, name="Omar", language="en")


def test_one_invitation_is_one_seat_for_however_many_devices(rounds):
    for scene in rounds():
        outcomes = together(*[accept(invite(scene))] * 4)
        (omar,) = {participant for participant, _seat in outcomes}
        omar.refresh_from_db()
        # The device that came last has it.
        assert omar.seat_hash in [digest(seat) for _participant, seat in outcomes]
        assert scene.session.participants.customers().present().count() == 2


def test_acceptance_against_revocation(rounds):
    for scene in rounds():
        invitation = invite(scene)
        accepted, _revoked = together(
            accept(invitation), partial(revoke_invitation, scene.session, invitation, by=scene.primary)
        )
        assert set(refusals([accepted])) <= {"invitation_revoked"}


def test_acceptance_against_the_end(rounds):
    for scene in rounds():
        invitation = invite(scene)
        accepted, _ended = together(accept(invitation), partial(end_session, scene.session, by=scene.primary))
        assert set(refusals([accepted])) <= {"session_has_ended"}


def test_invitation_of_a_csr_is_taken_by_one(rounds):
    for scene in rounds():
        invitation = invite(scene, "csr")
        hala, omar = scene.person("hala"), scene.person("omar")
        outcomes = together(*[partial(accept_as_csr, invitation, by=user) for user in (hala, omar)])
        assert refusals(outcomes) == ["invitation_taken"]
        assert len(winners(outcomes)) == 1


def test_acceptance_against_the_mail_servers_answer(rounds):
    for scene in rounds():
        invitation = invite(scene)
        outcomes = together(accept(invitation), partial(confirm, invitation.delivery_id))
        assert refusals(outcomes) == []
        invitation.refresh_from_db()
        assert (invitation.state, invitation.delivery.sent_at is None) == ("joined", False)
