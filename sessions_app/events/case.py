"""What staff keep about the session (E56). The log has no words of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportcenter.live.log.eventlog import STAFF, Draft

if TYPE_CHECKING:
    from sessions_app.models import SessionClosing, StaffNote, TranscriptMail


def note_added(note: StaffNote) -> Draft:
    """Its words are fetched by those who may read them: the log has none."""
    return Draft("note.added", {"note": note.pk, "participant": note.participant_id}, STAFF)


def details_changed() -> Draft:
    """The session's tracking fields or tags are others."""
    return Draft("details.changed", {}, STAFF)


def closing_completed(closing: SessionClosing) -> Draft:
    return Draft("closing.completed", {"reason": closing.reason_id}, STAFF)


def transcript_posted(mail: TranscriptMail) -> Draft:
    """The conversation is on its way to the customer (E67). The address is not in the log."""
    return Draft(
        "transcript.posted",
        {"participant": mail.participant_id, "by_customer": mail.sent_by_id is None},
        STAFF,
    )
