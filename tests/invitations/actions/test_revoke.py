import pytest

from invitations.actions.accept import accept_invitation
from invitations.actions.revoke import revoke_invitation
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from tests.factories import latest, make_assistant, types

pytestmark = pytest.mark.django_db


def test_revoke_makes_the_link_lead_nowhere(session, invitation):
    before = len(latest(session))
    assert invitation.is_usable

    revoked = revoke_invitation(session, invitation, by=session.primary)

    assert (revoked.state, revoked.is_usable) == ("revoked", False)
    assert latest(session, before) == [("invitation.revoked", {"invitation": invitation.pk})]


def test_revoke_leaves_those_who_have_joined(session, invitation):
    carol, _seat = accept_invitation(invitation, name="Carol", language="en")

    revoke_invitation(session, invitation, by=session.primary)

    carol.refresh_from_db()
    assert carol.is_present


def test_revoke_twice_changes_nothing(session, invitation):
    revoke_invitation(session, invitation, by=session.primary)
    happened = types(session)

    revoke_invitation(session, invitation, by=session.primary)

    assert types(session) == happened


def test_revoke_is_refused_to_assistants(session, invitation, bilal):
    with pytest.raises(NotInControl):
        revoke_invitation(session, invitation, by=make_assistant(session, bilal))


def test_revoke_in_an_ended_session_is_refused(session, invitation):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        revoke_invitation(session, invitation, by=session.primary)
