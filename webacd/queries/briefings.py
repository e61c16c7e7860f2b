"""What distribution tells whoever has a session: the customers' answers, the transferors' messages (E53)."""

from django.utils.translation import gettext

from sessions_app.rules.briefing_hooks import Briefing, gives_briefings
from webacd.models import LeftMessage, SupportRequest


@gives_briefings
def said_at_the_queues(session):
    """Answers that a transfer took along are told once, as they were given."""
    told, found = [], []
    requests = SupportRequest.objects.filter(session=session).select_related("entry_queue", "transferred_by")
    for request in requests.order_by("pk"):
        if request.answers and request.answers not in told:
            told.append(request.answers)
            found.append(_answers(request))
        if request.message:
            found.append(_message(request))
    return found


@gives_briefings
def written_instead_of_waiting(session):
    """The message that this session answers."""
    messages = LeftMessage.objects.filter(session=session).select_related("queue")
    return [
        Briefing(message.at, gettext("Left message"), message.name, _label(message.queue), text=message.text)
        for message in messages
    ]


def _answers(request):
    return Briefing(
        request.made_at,
        gettext("Entry form"),
        request.name,
        _label(request.entry_queue),
        answers=tuple(request.questions_and_answers),
    )


def _message(request):
    author = request.transferred_by.display_name if request.transferred_by else ""
    return Briefing(request.made_at, gettext("Personal message"), author, text=request.message)


def _label(queue):
    return queue.label if queue else ""
