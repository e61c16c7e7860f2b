"""Passwords: what the site writes and says about them, in both languages."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from supportcenter.accounts.jobs import KEEP_TRYING
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def hala():
    hala = make_person("hala")
    hala.email = "hala@example.org"
    hala.set_password("old and long enough")
    hala.save()
    return hala


def ask(client, email, language="en"):
    """Ask for the link, and let what follows happen."""
    answer = only_ask(client, email, language)
    run_due()
    return answer


def only_ask(client, email, language="en"):
    return client.post("/accounts/password/reset/", {"email": email}, headers={"accept-language": language})


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Reset your password", "Choose a new one here:"),
        ("ar", "إعادة تعيين كلمة المرور", "اختر كلمة مرور جديدة من هنا:"),
    ],
)
def test_mail_with_the_link_is_ours_and_in_the_readers_language(client, hala, policy, language, subject, words):
    ask(client, hala.email, language)

    [message] = mail.outbox
    assert message.subject == subject
    assert words in message.body
    assert policy.site_name in message.body or policy.site_name_ar in message.body
    link = link_in(message)
    assert client.get(link, follow=True).status_code == 200


def link_in(message):
    return re.search(re.escape(settings.SITE_URL) + r"(/\S+)", message.body)[1]


def test_somebody_without_an_account_is_not_written_to(client, db):
    known_or_not = ask(client, "nobody@example.org", "en")
    assert known_or_not.status_code == 302
    assert mail.outbox == []


def test_short_password_is_told_in_arabic(client, hala):
    client.force_login(hala)
    fields = {"oldpassword": "old and long enough", "password1": "7xQ", "password2": "7xQ"}
    page = client.post("/accounts/password/change/", fields, headers={"accept-language": "ar"})
    assert "كلمة المرور هذه قصيرة جدًا: 8 أحرف على الأقل." in page.content.decode()


@pytest.mark.parametrize("kept", ["hala@bücher.example", "hala@xn--bcher-kva.example"])
def test_account_is_found_by_its_international_address(client, hala, kept):
    """An account may keep its domain in either form; allauth looks for one."""
    hala.email = kept
    hala.save()

    ask(client, "hala@bücher.example", "en")

    [message] = mail.outbox
    assert message.to == ["hala@xn--bcher-kva.example"]


def test_request_sends_no_mail_and_looks_for_no_account(client, hala):
    """Whether the address is known is not told by the answer, nor by the time or the queries that it takes."""
    known = answer_and_queries(client, hala.email)
    unknown = answer_and_queries(client, "nobody@example.org")
    assert known == unknown
    assert mail.outbox == []
    assert Job.objects.filter(kind="accounts.reset_password").count() == 2


def answer_and_queries(client, email):
    with CaptureQueriesContext(connection) as asked:
        answer = only_ask(client, email)
    return answer.status_code, answer.headers["Location"], len(asked), "accounts_user" in str(asked.captured_queries)


def test_addresses_asked_for_too_often_answer_alike(client, hala):
    for email in (hala.email, "nobody@example.org"):
        assert [only_ask(client, email).status_code for _ in range(6)] == [302] * 5 + [429]


def test_mail_server_that_is_away_is_no_error_and_is_tried_again(client, hala, clock, settings, mail_server):
    mail_server.refuse["MAIL"] = "451 not now"
    assert ask(client, hala.email).status_code == 302
    assert mail_server.messages == []

    del mail_server.refuse["MAIL"]
    clock.forward(seconds=10)
    [message] = mail_server.messages
    assert message["Subject"] == "Reset your password"
    assert not Job.objects.pending().filter(recurring=None).exists()


def test_after_an_hour_nothing_is_tried_any_more(client, hala, clock, mail_server):
    mail_server.refuse["MAIL"] = "451 not now"
    ask(client, hala.email)
    clock.forward(seconds=KEEP_TRYING.total_seconds() + 1)
    assert not Job.objects.filter(recurring=None).exists()


def test_address_that_the_mail_server_refuses_for_good_is_given_up(client, hala, mail_server):
    mail_server.refuse["RCPT"] = "550 5.1.1 no such user"
    ask(client, hala.email)
    assert not Job.objects.filter(recurring=None).exists()


def test_account_disabled_meanwhile_gets_no_link(client, hala):
    only_ask(client, hala.email)
    hala.is_active = False
    hala.save()
    run_due()
    assert mail.outbox == []


def test_asking_once_more_sends_another_link(client, hala, clock):
    ask(client, hala.email)
    clock.forward(seconds=5)
    ask(client, hala.email)
    assert len({link_in(message) for message in mail.outbox}) == len(mail.outbox) == 2


def test_job_that_runs_twice_writes_once(client, hala):
    asked_at = timezone.now().isoformat()
    for _time in range(2):
        run_later("accounts.reset_password", address=hala.email, language="en", asked_at=asked_at)
    run_due()
    assert len(mail.outbox) == 1


def test_job_of_an_earlier_release_still_writes(client, hala):
    run_later("accounts.mail_reset_link", user=hala.pk, language="ar", asked_at=timezone.now().isoformat())
    run_due()
    [message] = mail.outbox
    assert message.subject == "إعادة تعيين كلمة المرور"


def test_link_stands_in_no_row(client, hala, mail_server):
    mail_server.refuse["MAIL"] = "451 not now"
    ask(client, hala.email)
    [job], [delivery] = Job.objects.filter(recurring=None), Delivery.objects.all()
    assert (job.payload, delivery.facts) == ({"delivery": delivery.pk}, {"language": "en"})
    assert "/accounts/password/reset/key/" not in job.error


def test_account_is_found_however_its_address_is_written(client, hala):
    hala.email = "Hala@Example.org"
    hala.save()
    ask(client, "hala@example.ORG")
    [message] = mail.outbox
    assert message.to == ["Hala@example.org"]


def test_link_leads_to_the_site_whatever_the_host_header_said(client, hala):
    client.post("/accounts/password/reset/", {"email": hala.email}, headers={"host": "localhost"})
    run_due()
    [message] = mail.outbox
    assert link_in(message)


def test_new_password_by_the_link_writes_no_mail_in_the_request(client, hala):
    ask(client, hala.email)
    page = client.get(link_in(mail.outbox.pop()), follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "another long one", "password2": "another long one"})
    hala.refresh_from_db()
    assert hala.check_password("another long one")
    assert mail.outbox == []
