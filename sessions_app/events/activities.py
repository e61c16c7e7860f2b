"""What is shared, called and recorded, and what customers answer when asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sessions_app.events.facts import about, between, of_recording
from supportcenter.live.log.eventlog import STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import Activity, Consent, Participant, Recording


def activity_requested(activity: Activity, until: datetime) -> Draft:
    return Draft("activity.requested", {**about(activity), "until": until.isoformat()})


def activity_allowed(activity: Activity) -> Draft:
    return Draft("activity.allowed", about(activity))


def activity_started(activity: Activity) -> Draft:
    return Draft("activity.started", {**about(activity), "details": activity.details})


def activity_stopped(activity: Activity) -> Draft:
    failure = {"failure": activity.details["failure"]} if "failure" in activity.details else {}
    return Draft("activity.stopped", {**about(activity), "reason": activity.stop_reason, **failure})


def activity_moved(activity: Activity) -> Draft:
    """E16: the call goes on, hosted by the new primary."""
    return Draft("activity.moved", about(activity))


def call_declined(call: Activity, participant: Participant) -> Draft:
    """A representative does not take part in the call; a customer's refusal is recorded as a consent."""
    return Draft("call.declined", {"activity": call.pk, "participant": participant.pk, "name": participant.name})


def recording_paused(recording: Recording) -> Draft:
    return Draft("recording.paused", of_recording(recording))


def recording_resumed(recording: Recording) -> Draft:
    return Draft("recording.resumed", of_recording(recording))


def recording_saved(recording: Recording) -> Draft:
    """The recording is finished, and those who may read the session's record can play it."""
    facts = {"duration": recording.duration, "size": recording.size}
    return Draft("recording.saved", {**of_recording(recording), **facts}, STAFF)


def consent_answered(consent: Consent) -> Draft:
    return Draft("consent.answered", {**between(consent), "activity": consent.activity_id, "answer": consent.answer})


def consent_explained(consent: Consent) -> Draft:
    """Why the customer declined: a reason that was offered, or their own words. No other customer's business."""
    facts = {"activity": consent.activity_id, "reason": consent.reason}
    return Draft("consent.explained", {**between(consent), **facts}, STAFF)


def consent_standing(consent: Consent) -> Draft:
    return Draft("consent.standing", between(consent))


def consent_withdrawn(consent: Consent) -> Draft:
    return Draft("consent.withdrawn", between(consent))
