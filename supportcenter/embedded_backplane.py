"""Messages between the processes of a site without Redis: rows of jobs, which `serve` finds and delivers.

Pages connect to one process there. Another one (a shell, a command, a script) adds a row once its transaction has
committed: so a row that still waits also stands for what has happened since, and one a stream is enough.
"""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.json_types import Json
from supportcenter.live.delivery.hub import hub
from supportcenter.live.delivery.messages import (
    GapMessage,
    Message,
    RightsMessage,
    SignalMessage,
    SignedOutMessage,
    unpack,
)

logger = logging.getLogger(__name__)

TELL = "live.tell"
# Rows that wait at most. Beyond that, every page reads its log and is asked for again.
MOST_WAITING = 100


def tell_through_jobs(message: Message) -> None:
    """Add a row for the message, unless one that waits stands for it. What fails to be told is found by a heartbeat."""
    packed = _packed(message)
    if packed is None:
        return
    try:
        _have_told(packed)
    except DatabaseError as error:
        logger.warning("The serving process could not be told about %s: %s", message.stream, error)


def _have_told(packed: list[Json]) -> None:
    rows = Job.objects.filter(kind=TELL, lease_until=None, failed_at=None).values_list("payload__message", flat=True)
    waiting = list(rows[: MOST_WAITING + 1])
    everyone = GapMessage().pack()
    if packed in waiting or everyone in waiting:
        return
    run_later(TELL, message=packed if len(waiting) < MOST_WAITING else everyone)


@handler(TELL, words=_("Tell pages what another process has done"))
def deliver(message: Json) -> None:
    hub.publish(unpack(message))


def _packed(message: Message) -> list[Json] | None:
    """What is in the log, or is found by asking again, is a gap; a signal between people would come too late."""
    if isinstance(message, RightsMessage | SignedOutMessage):
        return message.pack()
    if isinstance(message, SignalMessage):
        return message.pack() if message.sender is None and message.to is None else None
    return GapMessage(message.stream).pack()


if settings.JOBS_RUNNER == "embedded" and not settings.REDIS_URL:
    hub.elsewhere = tell_through_jobs
