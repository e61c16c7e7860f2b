"""What a provider's event says of a delivery. Pure.

anymail gives events one shape, not one meaning: the reason of a bounce depends on the provider, and some trouble comes
as "unknown". So a state is read from the type of the event alone, and "unknown" from what the provider wrote itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from supportcenter.mail.models import Reason, State
from supportcenter.mail.replies import NO_SUCH_ADDRESS

# Scanners and mail programs open messages too, and links may be rewritten: only our own page knows who came.
STATES = {
    EventType.QUEUED: State.SENT,
    EventType.SENT: State.SENT,
    EventType.DEFERRED: State.DEFERRED,
    EventType.DELIVERED: State.DELIVERED,
    EventType.BOUNCED: State.BOUNCED,
    EventType.REJECTED: State.REJECTED,
    EventType.FAILED: State.FAILED,
    EventType.COMPLAINED: State.COMPLAINED,
}
SUPPRESSED = {
    RejectReason.BOUNCED,
    RejectReason.TIMED_OUT,
    RejectReason.BLOCKED,
    RejectReason.SPAM,
    RejectReason.UNSUBSCRIBED,
}
# A complaint by which somebody took the message out of the folder for spam (RFC 5965).
NO_COMPLAINT = "not-spam"


@dataclass(frozen=True)
class Reading:
    state: State
    reason: str = ""
    detail: str = ""


def reading_of(event: AnymailTrackingEvent) -> Reading | None:
    """None: it is nothing that changes the state of a delivery."""
    state = STATES.get(event.event_type)
    if event.event_type == EventType.UNKNOWN:
        return _unknown(event.esp_event)
    if state is None or (state == State.COMPLAINED and _feedback(event) == NO_COMPLAINT):
        return None
    detail = str(event.mta_response or event.description or "")
    return Reading(state, _reason(state, event.reject_reason, detail), detail if state in TROUBLE else "")


TROUBLE = {State.DEFERRED, State.BOUNCED, State.REJECTED, State.FAILED}


def _reason(state: State, reason: str | None, detail: str) -> str:
    if state == State.DEFERRED:
        return Reason.NOT_NOW
    if state == State.COMPLAINED:
        return Reason.SPAM
    if state == State.BOUNCED:
        is_unknown = reason == RejectReason.INVALID or NO_SUCH_ADDRESS.search(detail)
        return Reason.BAD_ADDRESS if is_unknown else Reason.CAME_BACK
    if state in {State.REJECTED, State.FAILED}:
        if reason == RejectReason.INVALID:
            return Reason.BAD_ADDRESS
        return Reason.SUPPRESSED if reason in SUPPRESSED else Reason.REFUSED
    return ""


def _feedback(event: AnymailTrackingEvent) -> object:
    return event.description or _at(event.esp_event, "complaint", "complaintFeedbackType")


def _unknown(told: object) -> Reading | None:
    """Amazon SES that still tries, and Resend that gives up: both said plainly, if not in anymail's words."""
    kind = _at(told, "eventType") or _at(told, "type")
    if kind == "DeliveryDelay":
        return Reading(State.DEFERRED, Reason.NOT_NOW, str(_at(told, "deliveryDelay", "delayType") or ""))
    if kind == "email.failed":
        return Reading(State.FAILED, Reason.REFUSED, str(_at(told, "data", "failed", "reason") or ""))
    if kind == "email.suppressed":
        return Reading(State.REJECTED, Reason.SUPPRESSED, str(_at(told, "data", "suppressed", "message") or ""))
    return None


def _at(told: Any, *names: str) -> object:
    for name in names:
        told = told.get(name) if isinstance(told, Mapping) else None
    return told
