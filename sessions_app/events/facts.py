"""The facts that events of one kind have in common, each named once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportcenter.json_types import JsonObject

if TYPE_CHECKING:
    from sessions_app.models import Activity, ChatMessage, Consent, FileTransfer, Participant, Recording


def about(activity: Activity) -> JsonObject:
    return {
        "activity": activity.pk,
        "kind": activity.kind,
        "owner": activity.owner_id,
        "requested_by": activity.requested_by_id,
    }


def of_recording(recording: Recording) -> JsonObject:
    return {"recording": recording.pk, "activity": recording.activity_id}


def file_facts(transfer: FileTransfer) -> JsonObject:
    return {
        "file": transfer.pk,
        "name": transfer.name,
        "size": transfer.size,
        "content_type": transfer.content_type,
        "way": transfer.way,
        "receiver": transfer.receiver_id,
    }


def of_file(transfer: FileTransfer) -> JsonObject:
    return {
        "file": transfer.pk,
        "activity": transfer.activity_id,
        "name": transfer.name,
        "sender": transfer.sender_id,
        "receiver": transfer.receiver_id,
    }


def line_facts(message: ChatMessage) -> JsonObject:
    return {"message": message.pk, "participant": message.participant_id}


def between(consent: Consent) -> JsonObject:
    return {"consent": consent.pk, "customer": consent.customer_id, "csr": consent.csr_id}


def person(participant: Participant) -> JsonObject:
    return {"participant": participant.pk, "name": participant.name, "role": participant.role}
