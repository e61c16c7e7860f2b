"""What is counted of the event log: a receiver, so that no action knows of metrics."""

from typing import Any

from django.dispatch import receiver

from supportcenter import metrics
from supportcenter.live.log.eventlog import event_recorded
from supportcenter.live.models import Event
from webacd.models import SupportRequest

NO_QUEUE = "none"


@receiver(event_recorded)
def count_event(event: Event, **_more: Any) -> None:
    if metrics.is_on():
        metrics.count("events_recorded", type=event.type)
        if event.type in HEARD:
            HEARD[event.type](event)


def _offer_made(event: Event) -> None:
    metrics.count("offers", outcome="made")


def _offer_over(event: Event) -> None:
    metrics.count("offers", outcome=str(event.data["state"]))


def _offer_accepted(event: Event) -> None:
    """The agent has it; their wait is over who waited for it. Sessions that were handed over wait, too."""
    metrics.count("offers", outcome="accepted")
    request = SupportRequest.objects.select_related("queue", "entry_queue").filter(pk=event.data["request"]).first()
    if request:
        queue = request.own_queue
        metrics.count("queue_wait_seconds", request.waited.total_seconds(), queue=queue.slug if queue else NO_QUEUE)


HEARD = {"offer.made": _offer_made, "offer.over": _offer_over, "offer.accepted": _offer_accepted}
