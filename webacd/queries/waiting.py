"""What a waiting customer's page shows."""

from typing import Any

from django.utils.translation import gettext, ngettext

from sessions_app.models import SupportSession
from webacd.engine.estimates import plain_range
from webacd.models import QueueEntry, SupportRequest
from webacd.queries.positions import FARTHEST, position_of, range_for
from webacd.queries.queues import is_staffed

# Beyond that, minutes say more than is known.
AN_HOUR = 60
# Ranges that are no wider are said as one number, the later one.
NARROW = 2
# What a message begins with leaves room for the message.
MOST_CHARACTERS = 3000


def waiting_status(request: SupportRequest) -> dict[str, Any]:
    """The customer's position, and how long it may take in words; None for what is not known (acd 8)."""
    entry = QueueEntry.objects.filter(pk=request.pk).select_related("queue").first()
    if entry is None or entry.queue is None:
        return {"waiting": request, "queue": None, "position": None, "staffed": True, "estimate": None}
    position = request.shown_position or position_of(entry)
    far, staffed = position > FARTHEST, is_staffed(entry.queue)
    minutes = range_for(entry.queue, position) if staffed and not far else None
    return {
        "waiting": request,
        "queue": entry.queue,
        "position": None if far else position,
        "staffed": staffed,
        "estimate": in_words(minutes) if minutes else None,
    }


def status_in_transfer(session: SupportSession) -> dict[str, Any] | None:
    """The same for the customer of a session that waits for its next representative; None for any other session."""
    if not session.is_in_transfer:
        return None
    request = SupportRequest.objects.waiting().filter(session=session).first()
    return waiting_status(request) if request else None


def in_words(minutes: tuple[int, int]) -> str:
    """A range of minutes as one would say it."""
    low, high = plain_range(minutes)
    if low >= AN_HOUR:
        return gettext("more than an hour")
    if high > AN_HOUR:
        return ngettext("%(low)d minute or longer", "%(low)d minutes or longer", low) % {"low": low}
    if high - low <= NARROW:
        return ngettext("about %(high)d minute", "about %(high)d minutes", high) % {"high": high}
    return ngettext("%(low)d to %(high)d minute", "%(low)d to %(high)d minutes", high) % {"low": low, "high": high}


def told_by(request: SupportRequest) -> list[tuple[str, str]]:
    """What the customer said when they came, with the questions. Name and address stand once, confirmed or not."""
    own = [(gettext("Your name"), request.name), (gettext("Email address"), request.email)]
    said = [
        pair
        for answer, pair in zip(request.answers, request.questions_and_answers, strict=True)
        if answer.get("confirmed") not in {"name", "email"}
    ]
    return [(question, answer) for question, answer in own + said if answer]


def as_message(request: SupportRequest) -> str:
    """The customer's answers, a line each, for a message instead of waiting to begin with."""
    lines, length = [], 0
    for question, answer in told_by(request)[1 + bool(request.email) :]:
        # A question that ends as one needs no colon.
        line = f"{question} {answer}" if question.endswith(("?", "؟", ":")) else f"{question}: {answer}"
        length += len(line) + 1
        if length <= MOST_CHARACTERS:
            lines.append(line)
    return "\n".join(lines)
