"""Settings of mail: how it leaves, how the outbox is, and a test to oneself."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from invitations.models import InvitationWording
from supportcenter.accounts.actions.mail_tests import send_mail_test
from supportcenter.accounts.errors import NoMail, NotAnAdministrator, TooManyTests
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail import outbox_state as states
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox_state import outbox_state

pytestmark = pytest.mark.django_db
PAGE = "/settings/mail/"


@pytest.fixture
def admin(client, policy, dana, settings):
    settings.MAIL_IS_SET_UP = True
    client.force_login(dana)
    return client


def shown(client):
    return client.get(PAGE).content.decode()


def delivery(number, **more):
    return Delivery.objects.create(kind="invitation", subject=number, message_id=f"<{number}@support.test>", **more)


def test_the_server_is_told_without_its_secrets(admin, settings):
    settings.EMAIL_URL = "submission://mailer:hunter2hunter2@mail.example.org:587"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_PROVIDER = "mail.example.org", 587, ""
    page = shown(admin)
    assert "mail.example.org:587" in page
    assert "a mail server only says whether it has taken a message" in page
    assert not [secret for secret in ("hunter2", "mailer") if secret in page]


@pytest.mark.parametrize(
    ("webhook", "words"),
    [("postmark/tracking/", "The provider reports what becomes of messages."), ("", "Not set up.")],
)
def test_a_provider_is_named_with_whether_it_reports(admin, settings, webhook, words):
    settings.EMAIL_URL, settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK = "anymail+postmark://key", "postmark", webhook
    page = shown(admin)
    assert '<bdi dir="ltr">postmark</bdi>' in page
    assert words in page
    assert ("Set up its webhook" in page) is not bool(webhook)


def test_no_server_is_said_and_no_test_offered(admin, settings):
    settings.EMAIL_URL, settings.MAIL_IS_SET_UP, settings.MAIL_PROVIDER = "", False, ""
    page = shown(admin)
    assert "No mail server is set." in page
    assert "EMAIL_URL" in page
    assert "Send a test to me" not in page


def test_who_has_no_address_is_told_so(admin, dana):
    dana.email = ""
    dana.save()
    page = shown(admin)
    assert "Your account has no email address" in page
    assert "Send a test to me" not in page
    assert admin.post(PAGE).status_code == 409


def test_the_outbox_is_counted(admin):
    now = timezone.now()
    delivery(1, created_at=now - timedelta(hours=1))
    delivery(2, state="deferred", reason="not_now")
    delivery(3, state="sent", sent_at=now)
    for number, state in enumerate(("bounced", "rejected", "failed"), 4):
        delivery(number, state=state)
    delivery(7, state="failed", changed_at=now - timedelta(hours=25))
    assert outbox_state() == (2, now - timedelta(hours=1), 3)
    assert admin.get(PAGE).context["outbox"] == outbox_state()


def test_counting_has_a_bound(admin, monkeypatch):
    monkeypatch.setattr(states, "MOST", 2)
    for number in range(4):
        delivery(number, state="failed" if number % 2 else "queued")
    delivery(9)
    assert outbox_state()[::2] == (2, 2)


def test_a_test_is_on_its_way_before_it_is_sent(admin, dana):
    answer = admin.post(PAGE, follow=True)
    page = answer.content.decode()
    assert "A test message is on its way to" in page
    assert "On its way" in page
    assert mail.outbox == []
    run_due()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([dana.email], "A test of the site’s mail")
    assert "so mail leaves the site" in sent.body
    assert "so mail leaves the site" in sent.alternatives[0][0]
    assert admin.get(PAGE).context["last_test"].state == "sent"
    assert "On its way" not in shown(admin)


def test_a_test_that_is_refused_says_why(admin, mail_server):
    mail_server.refuse["RCPT"] = "550 5.1.1 no such user"
    admin.post(PAGE)
    run_due()
    page = shown(admin)
    assert "Bounced" in page
    assert "The mail server does not know this address." in page


def test_it_is_in_the_language_of_the_account(admin, dana):
    dana.language = "ar"
    dana.save()
    admin.post(PAGE)
    run_due()
    assert mail.outbox[0].subject == "رسالة اختبار لبريد الموقع"


def test_tests_of_whatever_kind_are_bounded_together(admin, dana):
    for _each in range(20):
        send_mail_test(by=dana)
    with pytest.raises(TooManyTests):
        send_mail_test(by=dana)
    answer = admin.post(PAGE)
    assert answer.status_code == 429
    assert "That is as many test messages as you can send in an hour." in answer.content.decode()


def test_others_send_none(amal, dana, settings):
    with pytest.raises(NotAnAdministrator):
        send_mail_test(by=amal)
    settings.MAIL_IS_SET_UP = False
    with pytest.raises(NoMail):
        send_mail_test(by=dana)
    assert not Delivery.objects.exists()


def test_wordings_lead_to_their_editor(admin):
    own = InvitationWording.objects.create(recipient="csr", language="ar", opening="{representative}")
    page = shown(admin)
    assert f"/admin/invitations/invitationwording/{own.pk}/change/" in page
    assert "/admin/invitations/invitationwording/add/?recipient=customer&amp;language=en" in page
    assert page.count("Write your own") == 3


def test_it_costs_few_statements(admin, django_assert_max_num_queries):
    shown(admin)
    with django_assert_max_num_queries(9):
        shown(admin)
