"""What distribution tells the CSRs of a session: the customer's answers, a transferor's personal message (E53)."""

from typing import Any

from django.utils.translation import gettext

from sessions_app.models import SupportSession
from sessions_app.rules.briefing_hooks import Briefing
from webacd.models import LeftMessage, Queue, SupportRequest


def said_at_the_queues(session: SupportSession) -> list[Briefing]:
    """The answers and messages of the session's requests; answers that a transfer carried along appear once."""
    told: list[Any] = []
    found: list[Briefing] = []
    requests = SupportRequest.objects.filter(session=session).select_related("entry_queue", "transferred_by")
    for request in requests.order_by("pk"):
        if request.answers and request.answers not in told:
            told.append(request.answers)
            found.append(_answers(request))
        if request.message:
            found.append(_message(request))
    return found


def written_instead_of_waiting(session: SupportSession) -> list[Briefing]:
    """The left message to which this session is the reply."""
    messages = LeftMessage.objects.filter(session=session).select_related("queue")
    return [
        Briefing(message.at, gettext("Left message"), message.name, _label(message.queue), text=message.text)
        for message in messages
    ]


def _answers(request: SupportRequest) -> Briefing:
    return Briefing(
        request.made_at,
        gettext("Entry form"),
        request.name,
        _label(request.entry_queue),
        answers=tuple(request.questions_and_answers),
    )


def _message(request: SupportRequest) -> Briefing:
    author = request.transferred_by.display_name if request.transferred_by else ""
    return Briefing(request.made_at, gettext("Personal message"), author, text=request.message)


def _label(queue: Queue | None) -> str:
    return queue.label if queue else ""
