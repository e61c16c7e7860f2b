from sessions_app import events
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.device_check import Device
from sessions_app.rules.remembered import browser_known_by
from supportcenter.live.log.eventlog import record


@session_action(who=PRESENT, touch=False)
def note_device(session: SupportSession, *, device: Device, token: str = "", by: Participant) -> None:
    """Note what a participant's page knows of its device; the representatives are told.

    A report is all that is known: the seat may have moved to another device (E38). The same again changes nothing.
    `token` is what the browser keeps whose customer wants to be known again (E62); only its digest is stored.

    Raises SessionHasEnded, NotInSession.
    """
    browser = browser_known_by(token)
    if (by.device, by.browser_hash) != (device, browser):
        by.device, by.browser_hash = device, browser
        by.save(update_fields=["device", "browser_hash"])
        record(session.stream, events.participant_checked(by), by=by)
