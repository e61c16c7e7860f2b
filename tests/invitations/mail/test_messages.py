from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from invitations.mail.messages import MAILTO_BYTES, body, instant_message, mailto_url, subject
from invitations.mail.wording import wording, wording_of
from invitations.rules.links import invitation_link, join_link

pytestmark = pytest.mark.django_db

LONGEST_NAME = "عبد الرحمن " * 28


def words_for(invitation, inviter="Amal"):
    return replace(wording_of(invitation), inviter=inviter)


def opened(url):
    """What the CSR's program makes of a mailto: address."""
    parts = urlsplit(url)
    fields = parse_qs(parts.query, strict_parsing=True)
    return unquote(parts.path), fields["subject"][0], fields["body"][0]


def test_a_customers_message_in_english(session, invite, policy):
    policy.organisation = "Acme"
    policy.save()
    invitation = invite()

    words = words_for(invitation)

    assert subject(words) == "Amal invites you to a support session"
    assert body(words) == "\n".join(
        [
            "Hello,",
            "",
            "Amal (Acme) invites you to a support session in your browser.",
            "",
            "Join here:",
            invitation_link(invitation),
            "",
            "Or open this page and type the session number:",
            "http://127.0.0.1:8000/join/",
            session.number_in_threes,
            "",
            "What will happen",
            "1. The page opens in your browser. There is nothing to install, and you do not need an account.",
            "2. Enter your name and choose Join. Amal sees that you are there.",
            "3. You can chat at once. Nothing on your device is shown until you allow it, "
            "and you can stop at any time.",
            "",
            "The link is for you alone. It works until the session ends, for 24 hours at most.",
            "",
            "How to check that this message is genuine",
            "- It was sent because Amal asked for it. If in doubt, ask them in a way you already know.",
            "- The address of the page must begin with exactly this: http://127.0.0.1:8000/",
            "- We never ask for a payment or for one of your passwords.",
            "- Instead of the link, you can type the address yourself and enter the number "
            + session.number_in_threes.replace(" ", "\u00a0"),
            "",
            "If you did not ask for support, ignore this message.",
            "",
            "-- ",
            "Support Center",
        ]
    )


def test_a_representatives_message_has_other_words(invite):
    words = words_for(invite(recipient="csr"))

    assert subject(words) == "Amal asks you to assist in a support session"
    assert "Sign in and assist here:" in body(words)
    assert "2. Confirm that you want to assist." in body(words)
    assert "Sign in on that page only." in body(words)
    assert "nothing to install" not in body(words)
    assert "did not ask for support" not in body(words)


def test_a_message_in_arabic(session, invite):
    invitation = invite(language="ar")

    text = body(words_for(invitation, inviter="أمل"))

    assert subject(words_for(invitation, inviter="أمل")) == "دعوة من أمل إلى جلسة دعم"
    assert text.startswith("مرحبًا،\n\nلديك دعوة من أمل إلى جلسة دعم في متصفحك.\n\nانضم من هنا:\n")
    assert "لمدة 24 ساعة على الأكثر" in text
    # The isolates keep the groups of the number in their order among letters that run from right to left.
    assert f"\n\u2066{session.number_in_threes}\u2069\n" in text
    assert text.endswith("\nمركز الدعم")


def test_names_are_text_and_stay_on_their_line(session, invite):
    session.primary.name = "A <b>&\r\nBcc: eve@example.com"
    session.primary.save()

    words = wording_of(invite())

    assert subject(words) == "A <b>& Bcc: eve@example.com invites you to a support session"
    assert "\nBcc" not in body(words)


def test_the_own_program_gets_everything(session, invite):
    invitation = invite(own_program=True)

    address, title, text = opened(mailto_url(words_for(invitation), "carol+help@example.com"))

    assert (address, title) == ("carol+help@example.com", "Amal invites you to a support session")
    assert text == body(words_for(invitation)).replace("\n", "\r\n")


@pytest.mark.parametrize("recipient", ["customer", "csr"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "inviter", ["Amal", "أمل", LONGEST_NAME, "&=?#%" * 60], ids=["short", "arabic", "longest", "signs"]
)
@pytest.mark.parametrize("organisation", ["", "م" * 80], ids=["alone", "of_an_organisation"])
def test_a_mailto_address_is_never_too_long(
    session, invite, policy, settings, recipient, language, inviter, organisation
):
    settings.SITE_URL = "https://" + "s" * 60 + ".example.com"
    policy.organisation = organisation
    policy.save()
    invitation = invite(recipient=recipient, language=language, email="c" * 64 + "@" + "example." * 23 + "com")

    url = mailto_url(words_for(invitation, inviter), invitation.email)

    address, title, text = opened(url)
    assert len(url.encode()) <= MAILTO_BYTES
    assert address == invitation.email
    assert title
    assert invitation_link(invitation) in text
    assert session.number_in_threes in text


def test_an_arabic_mailto_says_more_than_the_link(session, invite):
    _address, title, text = opened(mailto_url(words_for(invite(language="ar"), inviter="أمل"), "carol@example.com"))

    assert title == "دعوة من أمل إلى جلسة دعم"
    assert text.startswith("مرحبًا،\r\n\r\nلديك دعوة من أمل إلى جلسة دعم في متصفحك.\r\n")
    # What the message explains gives way first.
    assert "ماذا سيحدث" not in text


def test_an_instant_message_is_one_line_that_ends_in_the_link(session, policy):
    words = wording(session, policy, recipient="customer", language="en", link=join_link(session), inviter="Amal")

    assert instant_message(words) == (
        "Amal invites you to a support session in your browser. "
        f"Session number: {session.number_in_threes} {join_link(session)}"
    )
