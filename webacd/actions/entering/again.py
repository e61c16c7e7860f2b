"""A customer whose session has ended early waits again in the queue they came from."""

from django.db import transaction

from sessions_app.actions.locking import lock_session
from sessions_app.models import Participant, SupportSession
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from webacd.actions.entering.enter import note_turned_away, take_place
from webacd.errors import NothingToComeBackTo, QueueClosed, QueueFull
from webacd.models import Queue, QueueEntry, SupportRequest
from webacd.queries.again import came_by, goes_first, place_to_take, queue_to_enter


def enter_again(session: SupportSession, *, language: str, by: Participant) -> tuple[SupportRequest, str]:
    """Have the customer wait again, with the name and the answers they gave.

    After an accident they go before new customers, once for a session: who stops waiting and presses again does not.
    All presses while they wait are one. Everything that may refuse a customer who enters by the form may refuse this
    one. Raises NothingToComeBackTo, and what `enter_queue` raises.
    """
    queue = queue_to_enter(found(came_by(session, by), NothingToComeBackTo))
    try:
        return _enter(session, queue, language, by)
    except (QueueClosed, QueueFull) as refusal:
        # Without a name: who it was stands in the request that they came by, and is erased there.
        note_turned_away(queue, refusal, {"name": "", "language": language})
        raise


@transaction.atomic
def _enter(session: SupportSession, queue: Queue, language: str, by: Participant) -> tuple[SupportRequest, str]:
    # An erasure locks the session too: it is over before the copy is made, and then there is no seat, or finds it.
    session, me = lock_session(session, by)
    former = found(came_by(session, me), NothingToComeBackTo)
    secret = place_to_take(me)
    require(bool(secret), NothingToComeBackTo)
    who = {"name": former.name, "email": former.email, "language": language, "answers": former.answers}
    priority = QueueEntry.TRANSFERRED if goes_first(session, me) else QueueEntry.NEW
    return take_place(queue, secret, who, priority)
