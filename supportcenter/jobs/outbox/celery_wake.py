"""Wake a Celery worker without keeping the caller waiting.

When the broker is away, its client library blocks for eight seconds a message, which no request can afford. So a thread
of its own sends the messages, and the sweep finds the jobs of those that do not get through.
"""

import logging
import queue
import threading
from contextlib import suppress

MOST_UNSENT = 1000

logger = logging.getLogger(__name__)
unsent: queue.Queue[int] = queue.Queue(MOST_UNSENT)
_starting = threading.Lock()
_sender: threading.Thread | None = None


def post(pk: int) -> None:
    with suppress(queue.Full):
        unsent.put_nowait(pk)
    _have_sender()


def _have_sender() -> None:
    """Start the thread at the first message, and again in a forked process, which inherits no threads."""
    global _sender
    with _starting:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_send_for_ever, name="wake-celery", daemon=True)
            _sender.start()


def _send_for_ever() -> None:
    # A third of a second of imports that the embedded runner does not need.
    from celery import current_app

    while True:
        pk = unsent.get()
        try:
            current_app.send_task("jobs.run", args=[pk], retry=False)
        except Exception as error:
            logger.warning("No worker could be woken for job %s; the sweep will find it: %s", pk, error)
        finally:
            unsent.task_done()
