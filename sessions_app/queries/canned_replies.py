"""The canned replies that a representative has in a session: of the site, of their own, and of what it is about."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max
from django.utils.functional import cached_property
from django.utils.translation import pgettext

from sessions_app.models import CannedReply, SupportSession
from sessions_app.models.canned_reply import MOST, MOST_OF_THE_SITE
from sessions_app.rules.reply_hooks import Replies, replies_of, source_names
from supportcenter.accounts.models import User
from supportcenter.json_types import JsonObject
from supportcenter.text.folding import fold

SITE, OWN = "site", "own"
COLUMNS = ("pk", "shortcut", "title", "text", "text_ar", "times_used")


class RepliesInSession:
    """By the name of their source; each source is asked once."""

    def __init__(self, session: SupportSession, user: User) -> None:
        found = {name: replies_in(session, name, user) for name in (OWN, *source_names(), SITE)}
        self._sources = {name: replies for name, replies in found.items() if replies}

    @cached_property
    def version(self) -> str:
        """Another one whenever a reply was added, changed or deleted; how often they were used does not count."""
        counts = {"count": Count("pk"), "changed": Max("changed_at"), "last": Max("pk")}
        states = [
            (name, replies.label, sorted(replies.values.items()), replies.replies.order_by().aggregate(**counts))
            for name, replies in self._sources.items()
        ]
        return hashlib.sha256(repr(states).encode()).hexdigest()[:20]

    def as_json(self) -> JsonObject:
        """Columns instead of names in each row: there may be thousands."""
        return {
            "replies": [[name, *row] for name, replies in self._sources.items() for row in _rows(name, replies)],
            "labels": {name: replies.label for name, replies in self._sources.items()},
            "values": self._values(),
        }

    def _values(self) -> JsonObject:
        values: dict[str, dict[str, str]] = {}
        for replies in self._sources.values():
            for language, more in replies.values.items():
                values.setdefault(language, {}).update(more)
        return {language: {**one} for language, one in values.items()}


def replies_in(session: SupportSession, name: str, user: User) -> Replies | None:
    """Those of one source that this representative has in the session."""
    if name == SITE:
        return Replies(pgettext("canned replies", "Shared"), CannedReply.objects.of_the_site())
    if name == OWN:
        return Replies(pgettext("canned replies", "Yours"), CannedReply.objects.of(user))
    return replies_of(name, session)


def own_replies(user: User, asked: str) -> list[CannedReply]:
    """Theirs in which all that is asked for is found, in whatever spelling; they are few enough to look through."""
    words = fold(asked).split()
    mine = CannedReply.objects.of(user)
    return [one for one in mine if all(word in _searched(one) for word in words)] if words else list(mine)


def _searched(reply: CannedReply) -> str:
    return fold("\n".join([reply.shortcut, reply.title, reply.text, reply.text_ar]))


def _rows(name: str, replies: Replies) -> Iterable[tuple[Any, ...]]:
    return replies.replies.values_list(*COLUMNS)[: MOST_OF_THE_SITE if name == SITE else MOST]
