"""The words of an invitation, in the invitee's language: for the site's mail, one's own program, and instant messages.

All of them are templates. What leaves here is plain text; the mail's HTML is made beside it in `mail.py`.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import get_language_info, override

from invitations.rules.links import invitation_link, join_page
from supportcenter.accounts.models import SitePolicy
from supportcenter.text.addresses import to_ascii

# Windows hands over about 2,000 bytes of a mailto: address, and E39 allows 1,900 of them; the recipient's address,
# which the page puts in when it is typed, has its share set aside.
MAILTO_BYTES = 1900
ADDRESS_BYTES = 260
SHORT_NAME = 24


@dataclass(frozen=True)
class Wording:
    """What the templates know: who invites whom, where to, and how long it holds."""

    recipient: str
    language: str
    link: str
    number: str
    inviter: str
    organisation: str
    site_name: str
    hours: int
    join_page: str

    @property
    def is_rtl(self):
        return get_language_info(self.language)["bidi"]

    @property
    def is_for_csr(self):
        return self.recipient == "csr"

    def with_short_names(self):
        return replace(self, inviter=Truncator(self.inviter).chars(SHORT_NAME), organisation="", site_name="")


def wording(session, policy, *, recipient, language, link, inviter):
    with override(language):
        site_name = policy.name
    return Wording(
        recipient=str(recipient),
        language=language,
        link=link,
        number=session.number_in_threes,
        inviter=_one_line(inviter),
        organisation=_one_line(policy.organisation),
        site_name=_one_line(site_name),
        hours=policy.link_hours,
        join_page=join_page(),
    )


def wording_of(invitation):
    return wording(
        invitation.session,
        SitePolicy.current(),
        recipient=invitation.recipient,
        language=invitation.language,
        link=invitation_link(invitation),
        inviter=invitation.invited_by.display_name,
    )


def subject(words):
    return _one_line(_render("subject", words))


def body(words):
    """The full text of the site's mail."""
    return _render("body", words)


def instant_message(words):
    """S21: one or two lines for a messenger, the link last so that it is recognised."""
    return _one_line(_render("instant_message", words))


def mailto_url(words, address=""):
    """S34: opens a message in the CSR's own program. Arabic takes six bytes a letter, so the text shrinks to fit."""
    room = MAILTO_BYTES - ADDRESS_BYTES
    queries = (_mailto_query(subject(short), text) for short, text in _ever_shorter(words))
    query = next(query for query in queries if len(query) <= room)
    return f"mailto:{quote(address and to_ascii(address), safe='@')}?{query}"


def _ever_shorter(words):
    yield words, body(words)
    yield words, _render("own_program", words)
    terse = words.with_short_names()
    yield terse, _render("own_program", terse)
    yield terse, f"{words.link}\n\n{words.number}"


def _mailto_query(title, text):
    return f"subject={quote(title, safe='')}&body={quote(_crlf(text), safe='')}"


def _render(name, words):
    with override(words.language):
        return render_to_string(f"invitations/email/{name}.txt", {"words": words}).strip()


def _crlf(text):
    """RFC 6068: lines of a mailto: body end in %0D%0A."""
    return "\r\n".join(text.splitlines())


def _one_line(text):
    return " ".join(text.split())
