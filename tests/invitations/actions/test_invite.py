from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from invitations.actions.invite import invite_by_email, invite_by_own_program
from invitations.errors import AddressRefused, TooManyInvitations
from invitations.models import Invitation
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotInControl, SessionHasEnded
from supportcenter.jobs.models import Job
from tests.factories import latest, make_assistant, make_session, types

pytestmark = pytest.mark.django_db

CAROL = {"recipient": "customer", "email": "carol@example.com", "language": "ar"}


def deliveries():
    return list(Job.objects.filter(kind="mail.send").values_list("payload", flat=True))


def test_invite_by_email_queues_a_message(session):
    before = len(latest(session))

    invitation = invite_by_email(session, **CAROL, by=session.primary)

    assert (invitation.state, invitation.language, invitation.is_usable) == ("queued", "ar", True)
    assert deliveries() == [{"delivery": invitation.delivery_id}]
    assert latest(session, before) == [
        ("invitation.created", {"invitation": invitation.pk, "recipient": "customer", "channel": "email"})
    ]


def test_invite_by_own_program_sends_nothing(session):
    before = len(latest(session))

    invitation = invite_by_own_program(session, **CAROL, by=session.primary)

    assert invitation.state == "sent_by_you"
    assert deliveries() == []
    assert latest(session, before) == [
        ("invitation.created", {"invitation": invitation.pk, "recipient": "customer", "channel": "own_program"})
    ]


def test_an_invitation_holds_for_the_sites_hours(session, policy, time_machine):
    policy.link_hours = 2
    policy.save()
    invitation = invite_by_email(session, **CAROL, by=session.primary)
    assert invitation.is_usable

    time_machine.move_to(timezone.now() + timedelta(hours=2))

    assert (invitation.is_usable, invitation.state) == (False, "expired")


def test_the_token_is_long_and_not_in_the_database(session):
    invitation = invite_by_email(session, **CAROL, by=session.primary)

    stored = Invitation.objects.values().get(pk=invitation.pk)
    assert len(invitation.token) == 43
    assert invitation.token not in map(str, stored.values())
    assert Invitation.objects.with_token(invitation.token).get() == invitation


@pytest.mark.parametrize("invite", [invite_by_email, invite_by_own_program])
def test_inviting_is_refused_to_assistants_and_customers(session, carol, bilal, invite):
    assistant = make_assistant(session, bilal)

    for somebody in (assistant, carol):
        with pytest.raises(NotInControl):
            invite(session, **CAROL, by=somebody)

    assert Invitation.objects.count() == 0
    assert latest(session)[-1] == ("control.refused", {"action": invite.__name__, "code": "not_in_control"})


def test_inviting_is_refused_to_who_is_no_csr_any_more(session, amal):
    amal.csr_privileges.delete()

    with pytest.raises(NotInControl):
        invite_by_email(session, **CAROL, by=session.primary)


def test_inviting_into_an_ended_session_is_refused(session):
    end_session(session, by=session.primary)

    with pytest.raises(SessionHasEnded):
        invite_by_email(session, **CAROL, by=session.primary)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "carol",
        "carol@",
        "@example.com",
        "carol@example.com\nBcc: eve@example.com",
        "carol@example.com\r\nSubject: hello",
        "carol@exa mple.com",
        "carol@example.com, eve@example.com",
        '"a b"@example.com',
        "carol@\U0001f600.example",
        "كارول@example.com",
        "c" * 65 + "@example.com",
        "carol@" + "ü" * 62 + ".example",
    ],
)
def test_what_is_no_address_is_refused(session, email):
    with pytest.raises(AddressRefused):
        invite_by_email(session, recipient="customer", email=email, language="en", by=session.primary)

    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("email", ["carol@bücher.example", "carol@مثال.إختبار", "Carol.O'Neil+help@Example.COM"])
def test_international_addresses_are_taken(session, email):
    invitation = invite_by_email(session, recipient="customer", email=email, language="en", by=session.primary)

    user, _, domain = email.rpartition("@")
    assert invitation.email == f"{user}@{domain.lower()}"


def test_a_session_has_only_so_many_invitations(session, policy):
    policy.invitations_per_session = 2
    policy.save()
    invite_by_email(session, **CAROL, by=session.primary)
    invite_by_own_program(session, **CAROL, by=session.primary)
    happened = types(session)

    with pytest.raises(TooManyInvitations):
        invite_by_email(session, **CAROL, by=session.primary)

    assert (Invitation.objects.count(), types(session)) == (2, happened)


def test_the_same_draft_again_is_the_same_invitation(session):
    first = invite_by_email(session, **CAROL, nonce="n" * 22, by=session.primary)
    happened = types(session)

    again = invite_by_email(session, **CAROL, nonce="n" * 22, by=session.primary)

    assert (again, len(deliveries()), types(session)) == (first, 1, happened)


def test_the_same_draft_for_somebody_else_is_another_invitation(session):
    first = invite_by_email(session, **CAROL, nonce="n" * 22, by=session.primary)

    other = invite_by_email(session, **{**CAROL, "email": "omar@example.com"}, nonce="n" * 22, by=session.primary)

    assert other.token != first.token


def test_a_draft_of_another_session_is_not_used(session, bilal):
    other = make_session(bilal)
    first = invite_by_email(other, **CAROL, nonce="n" * 22, by=other.primary)

    mine = invite_by_email(session, **CAROL, nonce="n" * 22, by=session.primary)

    assert mine.session == session
    assert mine.token != first.token


@pytest.mark.django_db(transaction=True)
def test_of_two_invitations_for_the_last_place_one_is_made(session, policy):
    policy.invitations_per_session = 1
    policy.save()

    def attempt(_):
        try:
            return invite_by_email(session, **CAROL, by=session.primary)
        except TooManyInvitations:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [one for one in pool.map(attempt, range(2)) if one]

    assert len(made) == Invitation.objects.count() == 1
