from datetime import timedelta

import pytest
from django.utils import timezone

from invitations.rules.links import invitation_link, join_link, join_token, session_of_join_token
from tests.factories import make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("recipient", ["customer", "csr"])
def test_a_join_link_leads_to_its_session(session, recipient):
    assert session_of_join_token(join_token(session, recipient)) == (session, recipient)


def test_links_are_absolute(session, invitation, settings):
    assert join_link(session) == f"{settings.SITE_URL}/join/{join_token(session, 'customer')}/"
    assert invitation_link(invitation) == f"{settings.SITE_URL}/invitations/{invitation.token}/"


def test_a_changed_join_link_leads_nowhere(session, bilal):
    token = join_token(session, "customer")
    other = make_session(bilal)

    assert session_of_join_token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert session_of_join_token(other.key + token[len(session.key) :]) is None
    # A later minute of issue would make it live longer.
    assert (
        session_of_join_token(token.replace(token[-27:-22], join_token(session, "customer", at=tomorrow())[-27:-22]))
        is None
    )


@pytest.mark.parametrize("token", ["", "a", "a" * 22, "a" * 49, "_" * 49, "١" * 49])
def test_nonsense_leads_nowhere(db, token):
    assert session_of_join_token(token) is None


def test_a_join_link_holds_for_the_sites_hours(session, policy, time_machine):
    token = join_token(session, "customer")
    time_machine.move_to(timezone.now() + timedelta(hours=policy.link_hours, minutes=-2))
    assert session_of_join_token(token) is not None

    time_machine.shift(timedelta(minutes=2))

    assert session_of_join_token(token) is None


def tomorrow():
    return timezone.now() + timedelta(days=1)
