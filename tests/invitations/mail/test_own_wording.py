"""An admin's own words, in every text that an invitation has."""

from dataclasses import replace
from email import message_from_bytes
from email import policy as email_policy
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from invitations.mail.messages import MAILTO_BYTES, body, html, instant_message, mailto_url, subject
from invitations.mail.sending import message_for
from invitations.mail.wording import OwnWording, Wording, wording_of
from invitations.models import InvitationWording

pytestmark = pytest.mark.django_db
OPENING = "Dear customer,\n\n{representative} of {organisation} waits for you.\nYour number: {number}"
SAMPLE = Wording(
    recipient="customer",
    language="en",
    link="https://support.example.org/invitations/abcdefghijklmnopqrstuvwxyz012345/",
    number="482 913 047",
    inviter="Amal",
    organisation="Acme",
    site_name="Support Center",
    hours=24,
    join_page="https://support.example.org/join/",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=1000)


@pytest.fixture
def own():
    return InvitationWording.objects.create(
        recipient="customer",
        language="en",
        subject="{site}: {representative} helps",
        opening=OPENING,
        closing="Bye\n{site}",
    )


def test_it_stands_in_for_the_built_in_words(own, invite, session):
    words = wording_of(invite())
    name, text = session.primary.display_name, body(words)

    assert subject(words) == f"Support Center: {name} helps"
    # Without an organisation, the site's name stands for it.
    assert text.startswith(f"Dear customer,\n\n{name} of Support Center waits for you.\nYour number: ")
    assert f"\nYour number: {session.number_in_threes}\n\nJoin here:\n{words.link}\n" in text
    assert text.endswith("\n\nBye\nSupport Center\n\n-- \nSupport Center")
    assert "did not ask for support" not in text
    assert words.link in text


def test_html_has_it_in_paragraphs(own, invite, session):
    page = html(wording_of(invite()))

    assert f"waits for you.<br>Your number: {session.number_in_threes}</p>" in page
    assert "Dear customer,</p>" in page
    assert "invites you" not in page


def test_it_is_for_its_recipient_and_language_alone(own, invite):
    assert "Dear customer" not in body(wording_of(invite(recipient="csr")))
    assert "Dear customer" not in body(wording_of(invite(language="ar")))


def test_empty_texts_leave_the_built_in_ones(own, invite):
    InvitationWording.objects.update(subject="", opening=" \n ", closing="")

    words = wording_of(invite())

    assert "invites you to a support session" in subject(words)
    assert body(words).startswith("Hello,\n\n")
    assert "If you did not ask for support, ignore this message." in body(words)


def test_html_in_it_is_text(own, invite, session):
    session.primary.name = "<img src=x>"
    session.primary.save()
    InvitationWording.objects.update(subject="<b>", opening="<script>{representative}</script>", closing="<i>")

    page = html(wording_of(invite()))

    assert "&lt;script&gt;&lt;img src=x&gt;&lt;/script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "<title>&lt;b&gt;</title>" in page


def test_a_messenger_gets_it_on_one_line_if_it_is_short():
    short = replace(SAMPLE, own=OwnWording(opening="Hi,\n\n{representative} is ready."))
    long = replace(SAMPLE, own=OwnWording(opening="{representative} " + "is ready " * 30))

    assert instant_message(short) == f"Hi, Amal is ready. Session number: 482 913 047 {SAMPLE.link}"
    assert instant_message(long).startswith("Amal invites you")


@pytest.mark.parametrize(
    "name", ["Amal\r\nBcc: eve@example.com", "A" * 80, "عبد الرحمن " * 7, 'A "B" <eve@example.com>,']
)
def test_no_name_adds_a_header(own, invite, session, settings, name):
    settings.DEFAULT_FROM_EMAIL = "Center <support@xn--fa-hia.example>"
    session.primary.name = name
    session.primary.save()
    invitation = invite(email="carol@faß.example")

    sent = message_from_bytes(message_for(invitation).message().as_bytes(), policy=email_policy.default)

    assert sent["Bcc"] is None
    assert [address.addr_spec for address in sent["From"].addresses] == ["support@xn--fa-hia.example"]
    assert [address.addr_spec for address in sent["To"].addresses] == ["carol@xn--fa-hia.example"]
    assert " ".join(name.split()) in sent["From"].addresses[0].display_name
    assert " ".join(name.split()) in sent["Subject"].replace("\u2068", "").replace("\u2069", "")
    assert max(len(line) for line in message_for(invitation).message().as_bytes().splitlines()) <= 998


def test_a_name_that_runs_the_other_way_is_apart_in_the_subject(own):
    words = replace(SAMPLE, inviter="أمل", own=OwnWording(subject="{representative} (Acme) helps"))

    assert subject(words) == "\u2068أمل\u2069 (Acme) helps"


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["en", "ar"]), st.sampled_from(["customer", "csr"]))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mailto_address_is_never_too_long(title, opening, closing, language, recipient):
    own = OwnWording(" ".join(title.split())[:120], opening, closing)
    words = replace(SAMPLE, language=language, recipient=recipient, inviter="م" * 80, organisation="ن" * 80, own=own)

    url = mailto_url(words, "carol@example.com")

    parts = urlsplit(url)
    fields = parse_qs(parts.query, strict_parsing=True)
    (text,) = fields["body"]
    assert url.isascii()
    assert len(url) <= MAILTO_BYTES
    assert unquote(parts.path) == "carol@example.com"
    assert len(fields["subject"][0].splitlines()) == 1
    assert SAMPLE.link in text.split("\r\n")
    assert SAMPLE.number in text
    assert "\n" not in text.replace("\r\n", "")
