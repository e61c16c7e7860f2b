"""Ask for control back, after having transferred it: the new primary decides (S56, S63)."""

from sessions_app import events
from sessions_app.actions.locking import PRESENT, gate, session_action
from sessions_app.errors import ControlMovedOn
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.asking import require_pause
from sessions_app.rules.permissions import may_ask_back
from supportcenter.live.log.eventlog import record


@session_action(who=PRESENT + gate(may_ask_back, ControlMovedOn), touch=False)
def ask_back(session: SupportSession, *, by: Participant) -> None:
    """Ask the primary, to whom `by` transferred control, to return it; nothing else changes.

    Raises SessionHasEnded, NotInSession, ControlMovedOn, AskedTooOften.
    """
    require_pause(session.stream, "control.asked_back")
    record(session.stream, events.control_asked_back(by), by=by)
