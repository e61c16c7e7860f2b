"""Without a mail server nothing is called sent, and nothing that goes by mail is offered."""

import subprocess
import sys

import pytest

from invitations.actions.invite import invite_by_email, invite_by_own_program
from invitations.actions.resend import resend_invitation
from invitations.errors import NoMailServer
from invitations.models import Invitation
from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from supportcenter.no_mail_server import EmailBackend
from tests.environment import ROOT, site_environment
from tests.factories import latest

pytestmark = pytest.mark.django_db
CAROL = {"recipient": "customer", "email": "carol@example.com", "language": "ar"}
TELL = "from django.conf import settings as s; print(s.EMAIL_BACKEND.split('.')[0], s.MAIL_IS_SET_UP)"


@pytest.fixture
def no_mail(settings):
    settings.MAIL_IS_SET_UP = False
    settings.EMAIL_BACKEND = f"{EmailBackend.__module__}.EmailBackend"


@pytest.mark.parametrize(
    ("given", "backend", "is_set_up"),
    [
        ({}, "supportcenter", "False"),
        ({"DEVELOPER_PAGES": "1"}, "django", "True"),
        ({"EMAIL_URL": "submission://mail.example.org"}, "django", "True"),
    ],
)
def test_only_a_mail_server_or_the_developers_files_take_mail(tmp_path, given, backend, is_set_up):
    run = {"cwd": ROOT, "env": {**site_environment(tmp_path), **given}, "capture_output": True, "text": True}
    assert subprocess.run([sys.executable, "-c", TELL], **run).stdout.split() == [backend, is_set_up]


def test_invitation_by_the_site_is_refused_and_changes_nothing(session, no_mail):
    before = len(latest(session))
    with pytest.raises(NoMailServer):
        invite_by_email(session, **CAROL, by=session.primary)
    assert not Invitation.objects.exists()
    assert latest(session, before) == []


def test_invitation_by_ones_own_program_is_as_before(session, no_mail):
    assert invite_by_own_program(session, **CAROL, by=session.primary).state == "sent_by_you"


def test_invitation_cannot_be_sent_again(session, invitation, no_mail):
    run_due()
    with pytest.raises(NoMailServer):
        resend_invitation(session, invitation, by=session.primary)


def test_queued_invitation_fails_in_the_end_and_says_why(invitation, no_mail):
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)
    Delivery.objects.update(attempts=MOST_ATTEMPTS - 1)
    run_due()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.delivery.reason) == ("failed", "unreachable")
    assert invitation.delivery.detail == "No mail server is set up (EMAIL_URL)."


@pytest.mark.parametrize("language", ["en", "ar"])
def test_panel_offers_ones_own_program_alone(client, amal, session, no_mail, language):
    client.force_login(amal)
    page = client.get(f"/sessions/{session.key}/", headers={"accept-language": language}).content.decode()
    assert '<input type="hidden" name="own_program" value="on">' in page
    assert 'type="checkbox" id="invite-own-program' not in page
    assert {"en": "No mail server is set up", "ar": "لم يُعدّ خادم بريد"}[language] in page


def test_sender_that_knows_better_is_refused_in_words(client, amal, session, no_mail):
    client.force_login(amal)
    answer = client.post(f"/sessions/{session.key}/invitations/", CAROL, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "no_mail_server"


def test_forgotten_password_promises_nothing(client, no_mail):
    page = client.get("/accounts/password/reset/").content.decode()
    assert "No mail server is set up" in page
    assert 'name="email"' not in page

    answer = client.post("/accounts/password/reset/", {"email": "amal@example.org"})
    assert answer.status_code == 200
    assert not Job.objects.filter(kind="accounts.reset_password").exists()
