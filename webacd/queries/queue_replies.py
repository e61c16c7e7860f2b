"""The canned replies of the queue that a session came by, and what it is called."""

from django.utils.translation import override

from sessions_app.models import SupportSession
from sessions_app.rules.reply_hooks import Replies
from webacd.models import Queue, QueueReply, SupportRequest

LANGUAGES = ("en", "ar")


def replies_of_the_queue(session: SupportSession) -> Replies | None:
    """Of the one that it came by last: a transfer may have taken it to another."""
    request = SupportRequest.objects.latest_of(session)
    queue = request.own_queue if request else None
    if queue is None:
        return None
    values = {language: {"queue": _label_in(language, queue)} for language in LANGUAGES}
    return Replies(queue.label, QueueReply.objects.filter(queue=queue), values)


def _label_in(language: str, queue: Queue) -> str:
    with override(language):
        return queue.label
