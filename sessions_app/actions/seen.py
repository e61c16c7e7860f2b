"""How far a participant has read the chat: told to the other side, and to nobody else."""

from sessions_app.actions.locking import PRESENT, gate, session_action
from sessions_app.errors import NotAdmitted, NotInSession, SessionHasEnded
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import is_in, may_chat
from supportcenter.live.delivery.transport import send_signal
from supportcenter.refusals import require

MARKS = "marks.told"


def note_seen(session: SupportSession, *, delivered: int, seen: int, by: Participant) -> None:
    """Note up to which line this participant's page has the chat, and up to which it was in sight (E59).

    One step back changes nothing, and locks nothing. Representatives are told of customers, and customers of
    representatives: what one customer has read is no other customer's business.

    Raises SessionHasEnded, NotInSession, NotAdmitted.
    """
    require(session.is_open, SessionHasEnded)
    require(is_in(by, session), NotInSession)
    if not by.has_read(delivered=delivered, seen=seen):
        _note_seen(session, delivered=delivered, seen=seen, by=by)


@session_action(who=PRESENT + gate(may_chat, NotAdmitted), touch=False)
def _note_seen(session: SupportSession, *, delivered: int, seen: int, by: Participant) -> None:
    last = session.chat_messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    if not by.mark_read(delivered=min(delivered, last), seen=min(seen, delivered, last)):
        return
    others = session.participants.present().admitted().exclude(kind=by.kind).select_related(None).only("pk")
    for other in others:
        send_signal(session.stream, other.event_key, MARKS, by.marks, None)
