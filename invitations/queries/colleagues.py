"""Colleagues who can be asked to assist, found while a name or an address is typed (E39)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import User
from supportcenter.text.folding import fold

MOST = 8
# How many accounts are looked through: more than the largest site has representatives.
LOOKED_THROUGH = 5000
LONGEST = 254
PUNCTUATION = re.compile(r"[\s@._+-]+")


@dataclass(frozen=True)
class Colleague:
    name: str
    email: str
    language: str
    # In the session already, so that an invitation would be one too many.
    is_here: bool


def colleagues(session: SupportSession, typed: str, *, by: Participant) -> list[Colleague]:
    """The first representatives each of whose typed words begins a word of their name or address; not oneself."""
    words = fold(typed[:LONGEST]).split()
    if not words:
        return []
    fitting = [one for one in _representatives(by) if _fits(words, f"{one.display_name} {one.username} {one.email}")]
    fitting.sort(key=lambda one: (not _fits(words[:1], one.display_name), fold(one.display_name), one.pk))
    here = set(session.participants.present().filter(user__in=fitting[:MOST]).values_list("user", flat=True))
    return [Colleague(one.display_name, one.email, one.language, one.pk in here) for one in fitting[:MOST]]


def _representatives(by: Participant) -> list[User]:
    active = User.objects.filter(is_active=True, csr_privileges__isnull=False)
    others = active.exclude(email="").exclude(pk=by.account.pk).order_by("pk")
    return list(others.only("username", "first_name", "last_name", "email", "language")[:LOOKED_THROUGH])


def _fits(words: list[str], text: str) -> bool:
    return all(any(part.startswith(word) for part in _parts(text)) for word in words)


# The same people for every letter that is typed.
@lru_cache(maxsize=LOOKED_THROUGH * 2)
def _parts(text: str) -> tuple[str, ...]:
    folded = fold(text)
    return tuple(folded.split() + PUNCTUATION.split(folded))
