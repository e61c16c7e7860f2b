from sessions_app import events
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.device_check import Device
from supportcenter.live.log.eventlog import record


@session_action(who=PRESENT, touch=False)
def note_device(session: SupportSession, *, device: Device, by: Participant) -> None:
    """Note what a participant's page knows of its device; the representatives are told.

    A report is all that is known: the seat may have moved to another device (E38). The same again changes nothing.

    Raises SessionHasEnded, NotInSession.
    """
    if by.device != device:
        by.device = device
        by.save(update_fields=["device"])
        record(session.stream, events.participant_checked(by), by=by)
