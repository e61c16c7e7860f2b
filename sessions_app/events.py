"""The events of a session, each built by a function of the same name.

An event carries facts, never sentences: viewers differ in language and in what they may see. `STAFF` events reach CSRs
and not customers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sessions_app.event_facts import about, between, file_facts, line_facts, of_file, of_recording, person
from supportcenter.live.log.eventlog import EVERYONE, STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import (
        Activity,
        ChatMessage,
        Consent,
        FileTransfer,
        Participant,
        Recording,
        SessionClosing,
        StaffNote,
        SupportSession,
    )


def session_started(session: SupportSession) -> Draft:
    return Draft("session.started", {"mode": session.mode})


def session_ended(session: SupportSession) -> Draft:
    return Draft("session.ended", {"reason": session.end_reason})


def session_quiet(session: SupportSession) -> Draft:
    """E40: nothing has happened for long; the session ends at `ends_at` unless something does."""
    assert session.quiet_ends_at is not None, "only a quiet session is due to end"
    return Draft("session.quiet", {"ends_at": session.quiet_ends_at.isoformat()}, STAFF)


def session_stirred(session: SupportSession) -> Draft:
    return Draft("session.stirred", {}, STAFF)


def participant_joined(participant: Participant) -> Draft:
    return Draft("participant.joined", person(participant))


def participant_waiting(participant: Participant) -> Draft:
    """E37: a customer waits in the lobby."""
    return Draft("participant.waiting", person(participant), STAFF)


def lobby_switched(*, on: bool) -> Draft:
    """E49: those who join from now on wait to be let in, or do not any more."""
    return Draft("lobby.switched", {"on": on}, STAFF)


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


def join_refused(name: str, reason: str, count: int = 1) -> Draft:
    """E31: tells the primary who could not join, and why; or, without a name, how many could not."""
    return Draft("join.refused", {"name": name, "reason": reason, "count": count}, STAFF)


def number_renewed(session: SupportSession, former: str) -> Draft:
    """E49: the session has another number; `former` and the join link stopped working."""
    return Draft("number.renewed", {"number": former, "renewed": session.number}, STAFF)


def link_renewed() -> Draft:
    return Draft("link.renewed", {}, STAFF)


def link_switched(*, on: bool) -> Draft:
    """E38: the join link lets people in again, or nobody until then."""
    return Draft("link.switched", {"on": on}, STAFF)


def chat_edited(message: ChatMessage) -> Draft:
    """The line says something else now, and so do the events that told of it before."""
    return Draft("chat.edited", {**line_facts(message), "text": message.text})


def chat_deleted(message: ChatMessage) -> Draft:
    return Draft("chat.deleted", line_facts(message))


def chat_said(message: ChatMessage) -> Draft:
    file = {"file": file_facts(message.file)} if message.file else {}
    return Draft(
        "chat.said",
        {
            **line_facts(message),
            "text": message.text,
            "client_id": message.client_id,
            "conversation": message.conversation,
            **file,
        },
    )


def chat_closed(session: SupportSession) -> Draft:
    """E14: a transfer closes the conversation and opens a new one for those present."""
    return Draft("chat.closed", {"conversation": session.conversation})


def note_added(note: StaffNote) -> Draft:
    """Its words are fetched by those who may read them: the log has none."""
    return Draft("note.added", {"note": note.pk, "participant": note.participant_id}, STAFF)


def details_changed() -> Draft:
    """The session's tracking fields or tags are others."""
    return Draft("details.changed", {}, STAFF)


def closing_completed(closing: SessionClosing) -> Draft:
    return Draft("closing.completed", {"reason": closing.reason_id}, STAFF)


def session_branched(session: SupportSession, branch: SupportSession) -> Draft:
    """E34: in multi-session mode a further customer gets a session of their own; only `participant` opens its tab."""
    facts = {"session": branch.key, "number": branch.number, "participant": session.primary_id}
    return Draft("session.branched", facts, STAFF)


def control_transferred(former: Participant | None, primary: Participant, *, why: str) -> Draft:
    """`why` is transferred, returned, taken_over, vanished (E5), or accepted, if no one was in control before (S81)."""
    giver = {"from": former.pk, "from_name": former.name} if former else {"from": None, "from_name": ""}
    return Draft("control.transferred", {**giver, "to": primary.pk, "to_name": primary.name, "why": why})


def control_released(former: Participant) -> Draft:
    """No one is in control until another representative accepts the session (E4, E17)."""
    return Draft("control.released", {"from": former.pk, "from_name": former.name})


def assistant_asked(name: str) -> Draft:
    """A colleague was asked, on a page of theirs, to assist."""
    return Draft("assistant.asked", {"name": name}, STAFF)


def assist_asked(session: SupportSession, by: Participant) -> Draft:
    """On the stream of the colleague who is asked to assist."""
    return Draft("assist.asked", {"session": session.key, "number": session.number, "name": by.name})


def notifications_changed() -> Draft:
    """On a CSR's own stream: what they are told of, or how, is another now."""
    return Draft("notifications.changed", {})


def control_asked_back(former: Participant) -> Draft:
    """The CSR who transferred control asks for it back; the primary decides (S56)."""
    return Draft("control.asked_back", {"participant": former.pk, "name": former.name}, STAFF)


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


def file_offered(activity: Activity, transfers: Iterable[FileTransfer]) -> Draft:
    """E42: the files that a participant wants to send, before the receiver has agreed."""
    return Draft("file.offered", {**about(activity), "files": [file_facts(each) for each in transfers]})


def file_started(transfer: FileTransfer) -> Draft:
    """The file is being sent; recorded again when it continues by another way."""
    return Draft("file.started", {**of_file(transfer), "way": transfer.way})


def file_paused(transfer: FileTransfer) -> Draft:
    return Draft("file.paused", of_file(transfer))


def file_resumed(transfer: FileTransfer) -> Draft:
    return Draft("file.resumed", of_file(transfer))


def file_finished(transfer: FileTransfer) -> Draft:
    """The receiver has the whole file, or can download it: its digest was compared."""
    facts = {"size": transfer.size, "digest": transfer.digest, "way": transfer.way}
    return Draft("file.finished", {**of_file(transfer), **facts})


def file_stopped(transfer: FileTransfer) -> Draft:
    """What was received of it is discarded, at the receiver too (E14)."""
    return Draft("file.stopped", {**of_file(transfer), "reason": transfer.stop_reason})


def control_refused(action: str, code: str) -> Draft:
    """S51: a participant who is not in control tried a control function."""
    return Draft("control.refused", {"action": action, "code": code}, STAFF)


def customer_erased(customer: Participant) -> Draft:
    """E44: that a customer was erased, identified by number alone."""
    return Draft("customer.erased", {"participant": customer.pk}, STAFF)


def participant_equipped(participant: Participant) -> Draft:
    """A page reported what it can do: carry voice, share a screen."""
    return Draft("participant.equipped", {"participant": participant.pk, "can": participant.can})


def participant_checked(participant: Participant) -> Draft:
    """What the connection check found on their device."""
    return Draft("participant.checked", {"participant": participant.pk, "device": participant.device}, STAFF)
