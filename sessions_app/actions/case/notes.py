"""Notes on a session, which staff write for each other and no customer ever reads."""

from sessions_app import events
from sessions_app.actions.locking import gate, session_action
from sessions_app.errors import NoteRefused, NotesFull, NotInSession
from sessions_app.models import Participant, StaffNote, SupportSession
from sessions_app.rules.permissions import may_keep_notes
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

MOST_NOTES = 200
STAFF_OF_THE_SESSION = gate(may_keep_notes, NotInSession)


@session_action(who=STAFF_OF_THE_SESSION, after_end=True)
def add_note(session: SupportSession, *, text: str, press: str, by: Participant) -> StaffNote:
    """Add a note; the same `press` again is the same note. After the end, the CSRs who were in the session still may.

    Raises NotInSession, NoteRefused (empty, too long, or with a null byte), NotesFull.
    """
    if again := StaffNote.objects.filter(participant=by, press=press).first():
        return again
    require(text.strip() and len(text) <= StaffNote.LONGEST and "\0" not in text, NoteRefused)
    require(session.notes.count() < MOST_NOTES, NotesFull)
    note = StaffNote.objects.create(session=session, participant=by, text=text, press=press)
    record(session.stream, events.note_added(note), by=by)
    return note
