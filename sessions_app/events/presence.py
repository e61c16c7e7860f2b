"""Who is in the session, and with what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sessions_app.events.facts import person
from supportcenter.live.log.eventlog import EVERYONE, STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import Participant


def participant_joined(participant: Participant) -> Draft:
    return Draft("participant.joined", person(participant))


def participant_waiting(participant: Participant) -> Draft:
    """E37: a customer waits in the lobby."""
    return Draft("participant.waiting", person(participant), STAFF)


def lobby_left() -> Draft:
    """On the waiting customer's own stream: they were let in or turned away, and their page looks which."""
    return Draft("lobby.left", {})


def participant_lost(participant: Participant, until: datetime) -> Draft:
    """E2: the connection is gone. The others see the seconds left until the grace period is over at `until`."""
    return Draft("participant.lost", {**person(participant), "until": until.isoformat()})


def participant_expected(participant: Participant, until: datetime) -> Draft:
    """The grace of somebody who is lost runs until another time now: the page was closed too, or is restored (E1)."""
    return Draft("participant.expected", {**person(participant), "until": until.isoformat()})


def participant_returned(participant: Participant) -> Draft:
    return Draft("participant.returned", person(participant))


def participant_left(participant: Participant) -> Draft:
    audience = EVERYONE if participant.is_admitted else STAFF
    return Draft("participant.left", {**person(participant), "reason": participant.left_reason}, audience)


def customer_switched(participant: Participant | None) -> Draft:
    return Draft("customer.switched", {"participant": participant.pk if participant else None})


def customer_erased(customer: Participant) -> Draft:
    """E44: that a customer was erased, identified by number alone."""
    return Draft("customer.erased", {"participant": customer.pk}, STAFF)


def participant_equipped(participant: Participant) -> Draft:
    """A page reported what it can do: carry voice, share a screen."""
    return Draft("participant.equipped", {"participant": participant.pk, "can": participant.can})


def participant_checked(participant: Participant) -> Draft:
    """What the connection check found on their device."""
    return Draft("participant.checked", {"participant": participant.pk, "device": participant.device}, STAFF)
