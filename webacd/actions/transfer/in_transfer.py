"""A relinquished session while nobody has taken it: taken back, left by its customers, or given up (E24, E28)."""

from django.db import transaction

from sessions_app.actions.lifecycle.end import close_session
from sessions_app.errors import NotInTransfer
from sessions_app.models import SupportSession
from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_if_waiting, lock_waiting, stop_waiting
from webacd.actions.offering.taking import lock_taker, take_over
from webacd.errors import NotYourTransfer
from webacd.models import SupportRequest
from webacd.rules.permissions import may_take_back

Outcome = SupportRequest.Outcome


@transaction.atomic
def take_back(request, *, by):
    """The transferor controls the session again, as long as nobody has accepted it (E24).

    Raises NotYourTransfer, TakenBy, RequestOver, NotInTransfer, SessionRunning (S37), NotAnAgent, AgentIsFull (E26).
    """
    require(may_take_back(by, request), NotYourTransfer)
    session = request.session.locked()
    if request.locked().outcome == Outcome.TAKEN_BACK:
        return session
    entry = lock_waiting(request)
    require(session.is_open and session.primary_id is None, NotInTransfer)
    take_over(session, lock_taker(by))
    stop_waiting(entry.request, Outcome.TAKEN_BACK, by=by)
    return session


@transaction.atomic
def give_up(request):
    """Nobody took the session for ⟨15 min⟩: it ends as abandoned, and the customer may leave a message (E24)."""
    if request.session is None:
        return
    session = request.session.locked()
    entry = lock_if_waiting(request)
    if entry is None:
        return
    stop_waiting(entry.request, Outcome.NO_AGENTS)
    if session.is_open and session.primary_id is None:
        close_session(session, reason=SupportSession.EndReason.ABANDONED)


@transaction.atomic
def customer_left(session):
    """E28: when the last customer has left, the offers are withdrawn and the waiting session ends."""
    session = session.locked()
    if not session.is_open or session.primary_id is not None:
        return
    if session.participants.customers().present().exists():
        return
    if _abandon(session):
        close_session(session, reason=SupportSession.EndReason.ABANDONED)


@transaction.atomic
def session_over(session):
    """The session has ended in another way: nobody waits in it any more."""
    _abandon(session)


def _abandon(session):
    """End the wait of the session's request as abandoned; whether one waited."""
    request = SupportRequest.objects.waiting().filter(session=session).first()
    entry = request and lock_if_waiting(request)
    if entry:
        stop_waiting(entry.request, Outcome.ABANDONED)
    return bool(entry)
