"""Ask for control back, after having transferred it: the new primary decides (S56, S63)."""

from datetime import timedelta

from sessions_app import events
from sessions_app.actions.locking import PRESENT, gate, session_action
from sessions_app.errors import AskedTooOften, ControlMovedOn
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_ask_back
from supportcenter import clock
from supportcenter.live.log.eventlog import events_of, record
from supportcenter.refusals import require

ASKED = "control.asked_back"
# Between two askings.
PAUSE = timedelta(seconds=30)


@session_action(who=PRESENT + gate(may_ask_back, ControlMovedOn), touch=False)
def ask_back(session: SupportSession, *, by: Participant) -> None:
    """Ask the primary, to whom `by` transferred control, to return it; nothing else changes.

    Raises SessionHasEnded, NotInSession, ControlMovedOn, AskedTooOften.
    """
    lately = events_of(session.stream).filter(type=ASKED, at__gt=clock.now() - PAUSE)
    require(not lately.exists(), AskedTooOften, retry_after=int(PAUSE.total_seconds()))
    record(session.stream, events.control_asked_back(by), by=by)
