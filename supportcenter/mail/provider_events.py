"""What a provider tells of a message, by webhook: late, twice, and out of order."""

from collections.abc import Iterator
from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver

from supportcenter import metrics
from supportcenter.mail.models import Delivery, State
from supportcenter.mail.owners import tell
from supportcenter.mail.readings import Reading, reading_of
from supportcenter.mail.sending import MARK

# A state gives way to those behind it alone: a message that was delivered may still come back, but one that has come
# back is not delivered by an event that was late. What was handed over by nobody is nothing that a provider knows of.
GIVES_WAY_TO = {
    State.QUEUED: {State.SENT, State.DEFERRED, State.DELIVERED, State.BOUNCED, State.REJECTED, State.FAILED},
    State.SENT: {State.DEFERRED, State.DELIVERED, State.BOUNCED, State.REJECTED, State.FAILED},
    State.DEFERRED: {State.SENT, State.DELIVERED, State.BOUNCED, State.REJECTED, State.FAILED},
    State.FAILED: {State.DELIVERED, State.BOUNCED, State.REJECTED},
    State.REJECTED: {State.DELIVERED, State.BOUNCED},
    State.DELIVERED: {State.BOUNCED},
    State.BOUNCED: set(),
    State.COMPLAINED: set(),
    State.WITHDRAWN: set(),
}


@receiver(tracking, dispatch_uid="mail.provider_events")
def hear(event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    reading = reading_of(event)
    if reading is None:
        outcome = "ignored"
    else:
        outcome = note_event(reading, marks=[*_marks(event)], provider=esp_name, provider_id=event.message_id or "")
    metrics.count("mail_events", outcome=outcome)


@transaction.atomic
def note_event(reading: Reading, *, marks: list[str], provider: str, provider_id: str) -> str:
    """Move the delivery that the event is about on; answers what came of it, for the metrics.

    An event for a message whose handing-over nobody has noted proves that it was taken: it is not sent again.
    """
    delivery = _find(marks, provider, provider_id)
    if delivery is None:
        return "unknown"
    if not _is_news(delivery, reading.state):
        return "known"
    if delivery.is_on_its_way_to_the_server:
        delivery.mark_taken(provider=provider, provider_id=provider_id)
    delivery.mark(reading.state, reading.reason, reading.detail)
    tell(delivery)
    return "noted"


def _is_news(delivery: Delivery, state: State) -> bool:
    if delivery.state == State.DEFERRED and state == State.SENT:
        # Ours to hand over, and deferred until now; a provider's own "sent" is older than its "deferred".
        return delivery.sent_at is None
    if state == State.COMPLAINED:
        return delivery.state not in {State.COMPLAINED, State.WITHDRAWN}
    return state in GIVES_WAY_TO[State(delivery.state)]


def _find(marks: list[str], provider: str, provider_id: str) -> Delivery | None:
    """By our own mark, where the provider keeps it; or by the name that it gave the message."""
    by_mark = Q(message_id__in=[f"<{mark.strip('<>')}>" for mark in marks])
    wanted = by_mark | Q(provider=provider, provider_id=provider_id) if provider_id else by_mark
    found = Delivery.objects.filter(wanted).values_list("pk", flat=True)[:1]
    return Delivery.objects.select_for_update().filter(pk__in=[*found]).first()


def _marks(event: AnymailTrackingEvent) -> Iterator[str]:
    mark = (event.metadata or {}).get(MARK)
    if isinstance(mark, str):
        yield mark
    if event.message_id:
        yield event.message_id
