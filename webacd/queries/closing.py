"""Whether a queue has a rule of its own about the closing form after a session (E56)."""

from sessions_app.models import SupportSession
from webacd.models import SupportRequest


def closing_of_queue(session: SupportSession) -> str:
    """The rule of the queue from which the session was accepted last; empty if it has none."""
    request = SupportRequest.objects.came_by_queue().filter(session=session).select_related("queue").first()
    return request.queue.closing if request and request.queue else ""
