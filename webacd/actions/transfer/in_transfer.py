"""A session in transfer that no agent has accepted yet: taken back, left by its customers, or given up (E24, E28)."""

from django.db import transaction

from sessions_app.actions.lifecycle.end import close_session
from sessions_app.errors import NotInTransfer
from sessions_app.models import SupportSession
from supportcenter.accounts.models import User
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from webacd.actions.entering.queue_entries import lock_if_waiting, lock_waiting, stop_waiting
from webacd.actions.offering.taking import lock_taker, take_over
from webacd.errors import NotYourTransfer
from webacd.models import SupportRequest
from webacd.rules.permissions import may_take_back

Outcome = SupportRequest.Outcome


@transaction.atomic
def take_back(request: SupportRequest, *, by: User) -> SupportSession:
    """Give the transferor control of the session again, as long as no agent has accepted it (E24).

    Raises NotYourTransfer, TakenBy, RequestOver, NotInTransfer, SessionRunning (S37), NotAnAgent, AgentIsFull (E26).
    """
    require(may_take_back(by, request), NotYourTransfer)
    session = found(request.session, NotInTransfer).locked()
    if request.locked().outcome == Outcome.TAKEN_BACK:
        return session
    entry = lock_waiting(request)
    take_over(session, lock_taker(by))
    stop_waiting(entry.request, Outcome.TAKEN_BACK, by=by)
    return session


@transaction.atomic
def give_up(request: SupportRequest) -> None:
    """End a session that no agent has taken for ⟨15 min⟩, as abandoned; the customer can leave a message (E24)."""
    if request.session is None:
        return
    session = request.session.locked()
    entry = lock_if_waiting(request)
    if entry is None:
        return
    stop_waiting(entry.request, Outcome.NO_AGENTS)
    if session.is_in_transfer:
        close_session(session, reason=SupportSession.EndReason.ABANDONED)


@transaction.atomic
def customer_left(session: SupportSession) -> None:
    """When the last customer of a session in transfer has left, withdraw its offers and end it (E28)."""
    session = session.locked()
    if not session.is_in_transfer or session.participants.customers().present().exists():
        return
    if _abandon(session):
        close_session(session, reason=SupportSession.EndReason.ABANDONED)


@transaction.atomic
def session_over(session: SupportSession) -> None:
    """End the wait of a session that has ended in another way."""
    _abandon(session)


def _abandon(session: SupportSession) -> bool:
    """End the wait of the session's request as abandoned; false if none waits."""
    request = SupportRequest.objects.waiting().filter(session=session).first()
    entry = lock_if_waiting(request) if request else None
    if entry:
        stop_waiting(entry.request, Outcome.ABANDONED)
    return bool(entry)
