"""How fast one person may write in the chat: lines and characters, counted over all their pages and processes. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from sessions_app.models.chat_message import ChatMessage

MINUTE = timedelta(minutes=1)
# So many lines may follow each other at once; more than anyone types.
BURST, BURST_TIME = 10, timedelta(seconds=5)
# Ten of the longest messages: someone who pastes a log.
CHARACTERS = 10 * ChatMessage.LONGEST
# A representative has prepared answers, and several customers.
STAFF_FACTOR = 3
# In one session. A log that is longer is no conversation, and only the chat can make it long in a day.
EVENTS = 50_000

# When it was said, and how long it is, in characters.
Line = tuple[datetime, int]


def is_slow(line_before_burst_at: datetime | None, *, now: datetime, per_minute: int) -> bool:
    """Whether another line is within all limits however long it is, by when the line `BURST` lines back was said.

    So few lines in a minute can neither be too many nor have too many characters.
    """
    return per_minute >= BURST and (line_before_burst_at is None or now - line_before_burst_at > MINUTE)


def seconds_to_wait(latest: Sequence[Line], *, length: int, now: datetime, per_minute: int) -> int:
    """How long until a line of this length may follow the `latest` lines, the newest first; 0 if now."""
    until = [_when_over(latest, per_minute, MINUTE), _when_over(latest, min(BURST, per_minute), BURST_TIME)]
    until.append(_when_shorter(latest, CHARACTERS - length))
    return max([0, *(math.ceil((at - now).total_seconds()) for at in until if at)])


def _when_over(latest: Sequence[Line], most: int, span: timedelta) -> datetime | None:
    """When the line that is `most` lines back is out of the span."""
    return latest[most - 1][0] + span if len(latest) >= most else None


def _when_shorter(latest: Sequence[Line], room: int) -> datetime | None:
    """When so many of the last minute's characters are out of it that the others fit into `room`."""
    for at, length in latest:
        room -= length
        if room < 0:
            return at + MINUTE
    return None
