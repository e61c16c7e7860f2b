"""The texts of an invitation in the recipient's language: the site's email, the CSR's own, an instant message.

All of them are templates. These are plain text; `sending.py` adds the email's HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import get_language_info, override

from invitations.models import Invitation
from invitations.rules.links import invitation_link, join_page
from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.text.addresses import to_ascii

# Windows passes on about 2,000 bytes of a mailto: URL, of which E39 allows 1,900. Some are reserved for the recipient's
# address, which the page adds when it is typed.
MAILTO_BYTES = 1900
ADDRESS_BYTES = 260
SHORT_NAME = 24


@dataclass(frozen=True)
class Wording:
    """What the templates know: who invites whom, the link, and how long it is valid."""

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
    def is_rtl(self) -> bool:
        return get_language_info(self.language)["bidi"]

    @property
    def is_for_csr(self) -> bool:
        return self.recipient == "csr"

    def with_short_names(self) -> Wording:
        return replace(self, inviter=Truncator(self.inviter).chars(SHORT_NAME), organisation="", site_name="")


def wording(
    session: SupportSession, policy: SitePolicy, *, recipient: str, language: str, link: str, inviter: str
) -> Wording:
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


def wording_of(invitation: Invitation) -> Wording:
    return wording(
        invitation.session,
        SitePolicy.current(),
        recipient=invitation.recipient,
        language=invitation.language,
        link=invitation_link(invitation),
        inviter=invitation.invited_by.display_name,
    )


def subject(words: Wording) -> str:
    return _one_line(_render("subject", words))


def body(words: Wording) -> str:
    """The full text of the site's email."""
    return _render("body", words)


def instant_message(words: Wording) -> str:
    """S21: one or two lines for a messenger; the link comes last, so that it is recognised."""
    return _one_line(_render("instant_message", words))


def mailto_url(words: Wording, address: str = "") -> str:
    """S34: opens a message in the CSR's own program. Arabic takes six bytes a letter, so the text shrinks to fit."""
    room = MAILTO_BYTES - ADDRESS_BYTES
    queries = (_mailto_query(subject(short), text) for short, text in _ever_shorter(words))
    query = next(query for query in queries if len(query) <= room)
    return f"mailto:{quote(address and to_ascii(address), safe='@')}?{query}"


def _ever_shorter(words: Wording) -> Iterator[tuple[Wording, str]]:
    yield words, body(words)
    yield words, _render("own_program", words)
    terse = words.with_short_names()
    yield terse, _render("own_program", terse)
    yield terse, f"{words.link}\n\n{words.number}"


def _mailto_query(title: str, text: str) -> str:
    return f"subject={quote(title, safe='')}&body={quote(_crlf(text), safe='')}"


def _render(name: str, words: Wording) -> str:
    with override(words.language):
        return render_to_string(f"invitations/email/{name}.txt", {"words": words}).strip()


def _crlf(text: str) -> str:
    """RFC 6068: the lines of a mailto: body end in %0D%0A."""
    return "\r\n".join(text.splitlines())


def _one_line(text: str) -> str:
    return " ".join(text.split())
