"""A relinquished session while nobody has taken it: taken back, left by its customers, or given up (E24, E28)."""

from django.db import transaction

from sessions_app.actions.control.relinquish import take_control
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.lifecycle.end import close_session
from sessions_app.errors import NoRoomAtTarget, NotInTransfer
from sessions_app.models import SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.refusals import require
from webacd.actions.entering.queue_entries import lock_waiting, stop_waiting
from webacd.actions.offering.taking import lock_taker
from webacd.errors import AgentIsFull, NotYourTransfer
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
    request, _place = lock_waiting(request)
    require(session.is_open and session.primary_id is None, NotInTransfer)
    # First, since it names the session that is in the way.
    admit_csr(by.locked(), SitePolicy.current())
    user, _agent, _policy = lock_taker(by)
    try:
        take_control(session, user)
    except NoRoomAtTarget as refusal:
        raise AgentIsFull from refusal
    stop_waiting(request, Outcome.TAKEN_BACK, by=by)
    return session


@transaction.atomic
def give_up(request):
    """Nobody took the session for ⟨15 min⟩: it ends as abandoned, and the customer may leave a message (E24)."""
    if request.session is None:
        return
    session = request.session.locked()
    request = request.locked()
    if not request.is_waiting:
        return
    request, _place = lock_waiting(request)
    stop_waiting(request, Outcome.NO_AGENTS)
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
    request = waiting_request(session)
    if request:
        request, _place = lock_waiting(request)
        stop_waiting(request, Outcome.ABANDONED)
        close_session(session, reason=SupportSession.EndReason.ABANDONED)


@transaction.atomic
def session_over(session):
    """The session has ended in another way: nobody waits in it any more."""
    request = waiting_request(session)
    if request:
        request, _place = lock_waiting(request)
        stop_waiting(request, Outcome.ABANDONED)


def waiting_request(session):
    return SupportRequest.objects.waiting().filter(session=session).first()
