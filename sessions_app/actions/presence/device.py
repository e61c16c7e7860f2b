from sessions_app import events
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.device_check import Device
from supportcenter.live.log.eventlog import record


@session_action(who=PRESENT, touch=False)
def note_device(session: SupportSession, *, device: Device, by: Participant) -> None:
    """Note what a participant's page found out about its device; the representatives are told.

    What is found later is added to what was found before. Reporting the same again changes nothing.

    Raises SessionHasEnded, NotInSession.
    """
    known = {**by.device, **device}
    if by.device != known:
        by.device = known
        by.save(update_fields=["device"])
        record(session.stream, events.participant_checked(by), by=by)
