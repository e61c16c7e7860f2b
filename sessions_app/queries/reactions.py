"""The reactions to lines of the chat (E66), for the pages that show the lines: one query, if there are any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Exists, OuterRef, QuerySet

from sessions_app.models import ChatMessage, Reaction
from sessions_app.models.chat_message import ChatMessageQuerySet
from supportcenter.json_types import JsonObject


@dataclass(frozen=True)
class Given:
    """One sign under one line."""

    sign: Reaction.Sign
    names: list[str]


class Reacted(TypedDict):
    is_reacted: bool
    # Set by `give_reactions`.
    given: list[Given]


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Line = WithAnnotations[ChatMessage, Reacted]


def knowing_reactions(lines: ChatMessageQuerySet) -> QuerySet[Line]:
    """The lines, each knowing whether there is a reaction to it: what the functions below are given."""
    knowing = lines.annotate(is_reacted=Exists(Reaction.objects.filter(message=OuterRef("pk"))))
    return cast("QuerySet[Line]", knowing)


def as_told(lines: Iterable[Line]) -> list[JsonObject]:
    """The reactions as `chat.reacted` tells them, each with the name that its event has beside it."""
    return [
        {
            "message": one.message_id,
            "participant": one.participant_id,
            "reaction": one.sign,
            "name": one.participant.display_name,
        }
        for one in _read(lines)
    ]


def give_reactions(lines: Iterable[Line]) -> None:
    """Set the `given` of each line: its signs in their order, and who gave them, the first to do so first."""
    lines = list(lines)
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for one in _read(lines):
        found[one.message_id, one.sign].append(one.participant.display_name)
    for line in lines:
        line.given = [Given(sign, found[line.pk, sign]) for sign in Reaction.Sign if (line.pk, sign) in found]


def _read(lines: Iterable[Line]) -> list[Reaction]:
    keys = [line.pk for line in lines if line.is_reacted]
    if not keys:
        return []
    return list(Reaction.objects.filter(message__in=keys).select_related("participant").order_by("pk"))
