"""The texts of an invitation in the recipient's language: the site's email, the CSR's own, an instant message.

All of them are templates; `sending.py` makes the email of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.translation import override

from invitations.mail.wording import Wording, one_line
from supportcenter.text.addresses import to_ascii

# Windows passes on about 2,000 bytes of a mailto: URL, of which E39 allows 1,900. Some are reserved for the recipient's
# address, which the page adds when it is typed.
MAILTO_BYTES = 1900
ADDRESS_BYTES = 260


def subject(words: Wording) -> str:
    return one_line(_render("subject", words))


def body(words: Wording) -> str:
    """The full text of the site's email."""
    return _render("body", words)


def html(words: Wording) -> str:
    with override(words.language):
        return render_to_string("invitations/email/body.html", {"words": words})


def instant_message(words: Wording) -> str:
    """S21: one or two lines for a messenger; the link comes last, so that it is recognised."""
    return one_line(_render("instant_message", words))


def mailto_url(words: Wording, address: str = "") -> str:
    """S34: opens a message in the CSR's own program. Arabic takes six bytes a letter, so the text shrinks to fit."""
    room = MAILTO_BYTES - ADDRESS_BYTES
    queries = (_mailto_query(subject(short), text) for short, text in _ever_shorter(words))
    query = next(query for query in queries if len(query) <= room)
    return f"mailto:{quote(address and to_ascii(address), safe='@')}?{query}"


def _ever_shorter(words: Wording) -> Iterator[tuple[Wording, str]]:
    yield words, body(words)
    yield words, body(replace(words, is_brief=True))
    yield words, _render("own_program", words)
    plain = words.without_own_texts()
    yield plain, _render("own_program", plain)
    terse = plain.with_short_names()
    yield terse, _render("own_program", terse)
    yield terse, f"{words.link}\n\n{words.number}"


def _mailto_query(title: str, text: str) -> str:
    return f"subject={quote(title, safe='')}&body={quote(_crlf(text), safe='')}"


def _render(name: str, words: Wording) -> str:
    with override(words.language):
        text = render_to_string(f"invitations/email/{name}.txt", {"words": words})
    return re.sub(r"\n{3,}", "\n\n", text.strip())


def _crlf(text: str) -> str:
    """RFC 6068: the lines of a mailto: body end in %0D%0A."""
    return "\r\n".join(text.splitlines())
