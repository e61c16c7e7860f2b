import pytest
from django.test import Client

from invitations.actions.invite import invite_by_email, invite_by_own_program
from supportcenter.jobs.models import MOST_ATTEMPTS
from supportcenter.mail.actions import confirm, note_refusal
from supportcenter.mail.models import Delivery, State
from supportcenter.mail.provider_events import note_event
from supportcenter.mail.readings import Reading
from supportcenter.mail.replies import Reply
from tests.factories import make_session


@pytest.fixture
def invite(session):
    """Invite somebody to amal's session, by amal."""

    def invite(*, recipient="customer", email="carol@example.com", language="en", own_program=False, **more):
        action = invite_by_own_program if own_program else invite_by_email
        return action(session, recipient=recipient, email=email, language=language, by=session.primary, **more)

    return invite


@pytest.fixture
def invitation(invite):
    """One for carol, queued."""
    return invite()


@pytest.fixture
def multi_session(amal, policy):
    """Amal's session in multi-session mode, where every customer has one of their own (E34)."""
    amal.privileges.multi_session = True
    amal.privileges.save()
    return make_session(amal)


@pytest.fixture
def client_of():
    """A further browser, of nobody or of who is named."""

    def client_of(user=None):
        browser = Client()
        if user:
            browser.force_login(user)
        return browser

    return client_of


@pytest.fixture
def becomes():
    """Have the mail of an invitation come to something: becomes(invitation, "bounced", "bad_address")."""

    def becomes(invitation, state, reason="", detail=""):
        invitation.refresh_from_db()
        delivery = invitation.delivery
        if state not in {"queued", "failed"}:
            confirm(delivery.pk)
        if state == "failed":
            Delivery.objects.filter(pk=delivery.pk).update(attempts=MOST_ATTEMPTS)
            note_refusal(delivery.pk, Reply(State.DEFERRED, reason or "refused", detail))
        elif state != "sent":
            note_event(Reading(state, reason, detail), marks=[delivery.message_id], provider="", provider_id="")
        invitation.refresh_from_db()
        return invitation

    return becomes
