"""What a provider tells of a message, by webhook: late, twice, and out of order."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver

from supportcenter import clock, metrics
from supportcenter.mail.models import Delivery, State
from supportcenter.mail.owners import tell
from supportcenter.mail.readings import Reading, reading_of
from supportcenter.mail.sending import MARK
from supportcenter.mail_providers import PROVIDERS

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


# Longer than handing over takes.
UNDER_WAY = timedelta(minutes=1)


class TooEarly(Exception):  # noqa: N818 - nothing is wrong
    """It may be about a message whose name at the provider is not noted yet: the provider is asked to repeat it."""


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
        if _may_be_of_a_message_under_way():
            raise TooEarly
        return "unknown"
    if not _is_news(delivery, reading.state):
        return "known"
    if delivery.sent_at is None:
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
    rows = Delivery.objects.select_for_update()
    found = rows.filter(message_id__in=[f"<{mark.strip('<>')}>" for mark in marks]).first()
    if found or not provider_id:
        return found
    # The index is of those that have a name.
    return rows.filter(provider=provider, provider_id=provider_id).exclude(provider_id="").first()


def _may_be_of_a_message_under_way() -> bool:
    provider = PROVIDERS.get(settings.MAIL_PROVIDER)
    since = clock.now() - UNDER_WAY
    return bool(provider and not provider.keeps_marks) and Delivery.objects.filter(began_at__gt=since).exists()


def _marks(event: AnymailTrackingEvent) -> Iterator[str]:
    mark = (event.metadata or {}).get(MARK)
    if isinstance(mark, str):
        yield mark
    if event.message_id:
        yield event.message_id
