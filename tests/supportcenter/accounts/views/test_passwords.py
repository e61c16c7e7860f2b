"""Passwords: what the site writes and says about them, in both languages."""

import re

import pytest
from django.core import mail

from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def hala():
    hala = make_person("hala")
    hala.email = "hala@example.org"
    hala.set_password("old and long enough")
    hala.save()
    return hala


def ask(client, email, language):
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
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    assert client.get(link, follow=True).status_code == 200


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
