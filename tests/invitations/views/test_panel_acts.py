"""What is done in the Invite panel, and by whom."""

import re

import pytest
from django.core import mail

from invitations.models import Invitation
from invitations.rules.links import invitation_link, session_of_join_token
from sessions_app.actions.lifecycle.end import end_session
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_assistant, make_session
from tests.invitations.views.asking import CAROL, FETCH, url

pytestmark = pytest.mark.django_db


def test_inviting_by_email(desk, session):
    answer = desk.post(url(session), CAROL, headers=FETCH)

    invitation = Invitation.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"invitation": invitation.pk, "state": "queued", "link": invitation_link(invitation)},
    )


def test_inviting_by_own_program_answers_with_the_message(desk, session):
    answer = desk.post(url(session), {**CAROL, "own_program": "on"}, headers=FETCH)

    assert answer.json()["state"] == "sent_by_you"
    assert answer.json()["mailto"].startswith("mailto:carol@example.com?subject=")


def test_inviting_without_scripts_leads_back_to_the_dashboard(desk, session):
    answer = desk.post(url(session), CAROL)

    assert (answer.status_code, answer["Location"]) == (302, url(session, "dashboard"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "carol"}, "email"),
        ({"email": "carol@example.com\nBcc: eve@example.com"}, "email"),
        ({"email": "c" * 250 + "@example.com"}, "email"),
        ({"recipient": "everybody"}, "recipient"),
        ({"language": "xx"}, "language"),
        ({"nonce": "<script>"}, "nonce"),
    ],
)
def test_what_does_not_make_an_invitation_is_refused_with_a_sentence(desk, session, wrong, field):
    answer = desk.post(url(session), CAROL | wrong, headers=FETCH)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], list(error["fields"])) == (422, "invitation_refused", [field])
    assert error["message"]
    assert Invitation.objects.count() == 0


def test_a_wrong_address_is_told_in_arabic(desk, session):
    answer = desk.post(url(session), CAROL | {"email": "carol"}, headers={**FETCH, "Accept-Language": "ar"})

    assert answer.json()["error"]["message"] == "أدخِل عنوان بريد إلكتروني صحيح."


def test_resend_and_revoke(desk, session, invitation, becomes):
    becomes(invitation, "rejected", "refused")

    again = desk.post(url(session, "resend_invitation", invitation.pk), headers=FETCH)
    revoked = desk.post(url(session, "revoke_invitation", invitation.pk), headers=FETCH)

    assert (again.json()["state"], revoked.json()["state"]) == ("queued", "revoked")


def test_an_address_is_corrected(desk, session, invitation):
    answer = desk.post(
        url(session, "correct_invitation", invitation.pk), {"email": "caroline@example.com"}, headers=FETCH
    )

    invitation.refresh_from_db()
    assert (answer.status_code, answer.json()["state"], invitation.email) == (200, "queued", "caroline@example.com")


def test_an_address_that_is_none_is_refused(desk, session, invitation):
    answer = desk.post(url(session, "correct_invitation", invitation.pk), {"email": "carol"}, headers=FETCH)

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invitation_refused")


def test_what_to_do_instead_stands_beside_one_that_came_back(desk, session, invitation, becomes):
    assert "Read out the number" not in desk.get(url(session)).content.decode()

    becomes(invitation, "bounced", "came_back")

    html = desk.get(url(session)).content.decode()
    assert "Read out the number, send the link another way, or correct the address." in html
    assert 'data-trouble="The invitation to carol@example.com: Bounced. “Invite” shows what to do."' in html


def test_renewing_the_join_link(desk, session):
    answer = desk.post(url(session, "renew_join_link"), headers=FETCH)

    token = answer.json()["join_link"].rstrip("/").rpartition("/")[2]
    assert session_of_join_token(token) == (session, "customer")


def test_switching_the_join_link_off_and_on(desk, session):
    off = desk.post(url(session, "switch_join_link"), {"on": "no"}, headers=FETCH)
    on = desk.post(url(session, "switch_join_link"), {"on": "yes"}, headers=FETCH)

    assert (off.json()["on"], on.json()["on"]) == (False, True)


def test_an_invitation_of_another_session_is_not_there(client, invitation, faris):
    other = make_session(faris)
    client.force_login(faris)

    answer = client.post(url(other, "revoke_invitation", invitation.pk), headers=FETCH)

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_invitation")


POSTS = ["invitations", "renew_join_link", "switch_join_link", "resend_invitation", "revoke_invitation"]


def arguments(name, invitation):
    return [invitation.pk] if name in {"resend_invitation", "revoke_invitation"} else []


@pytest.mark.parametrize("name", POSTS)
def test_assistants_are_refused(client, session, invitation, bilal, name):
    make_assistant(session, bilal)
    client.force_login(bilal)

    answer = client.post(url(session, name, *arguments(name, invitation)), CAROL, headers=FETCH)

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_in_control")
    assert client.get(url(session)).status_code == 403


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("stranger", ["eve", "faris"])
def test_for_strangers_there_is_no_such_session(request, client, session, invitation, stranger, name):
    client.force_login(request.getfixturevalue(stranger))

    assert client.post(url(session, name, *arguments(name, invitation)), CAROL).status_code == 404
    assert client.get(url(session)).status_code == 404


@pytest.mark.parametrize("name", POSTS[1:])
def test_a_get_changes_nothing(desk, session, invitation, name):
    assert desk.get(url(session, name, *arguments(name, invitation))).status_code == 405


def test_after_the_end_nobody_is_invited(desk, session):
    end_session(session, by=session.primary)

    answer = desk.post(url(session), CAROL, headers=FETCH)

    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "session_has_ended")


def test_invitation_pressed_three_times_without_scripts_is_mailed_once(desk, session):
    page = desk.get(url(session, "dashboard")).content.decode()
    nonce = re.search(r'name="nonce" value="(\w{23})"', page)[1]
    for _ in range(3):
        assert desk.post(url(session), {**CAROL, "nonce": nonce}).status_code == 302
    run_due()
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)
