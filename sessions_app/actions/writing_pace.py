"""E50: how fast one person may write: messages and edits together."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from sessions_app.errors import WritingTooFast
from sessions_app.models import ChatMessage, EarlierText, Participant
from sessions_app.models.chat_message import IS_WRITTEN
from sessions_app.rules import chat_pace
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import require


def lines_per_minute(by: Participant, policy_says: int) -> int:
    return policy_says * (1 if by.is_customer else chat_pace.STAFF_FACTOR)


def limit_pace(by: Participant, length: int, policy: SitePolicy) -> None:
    """Raises WritingTooFast, if a text of this length would be too much for what they wrote in the last minute."""
    most = lines_per_minute(by, policy.lines_per_minute)
    lines = ChatMessage.objects.filter(IS_WRITTEN, participant=by).order_by("-pk")
    # No more than these can have been edited in the last minute.
    editable = lines.values("pk")[: most * (policy.edit_minutes + 1)]
    edits = EarlierText.objects.filter(message__in=editable, at__gt=clock.now() - chat_pace.MINUTE).order_by("-pk")
    latest = sorted([*_latest(lines, most), *_latest(edits, most)], reverse=True)
    wait = chat_pace.seconds_to_wait(latest, length=length, now=clock.now(), per_minute=most)
    require(not wait, WritingTooFast, retry_after=wait)


def _latest(rows: QuerySet[Any], most: int) -> list[tuple[datetime, int]]:
    return list(rows.values_list("at", Length("text"))[: max(most, chat_pace.BURST)])
