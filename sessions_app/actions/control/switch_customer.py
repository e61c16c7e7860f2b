from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import NoSuchParticipant
from sessions_app.models import Activity, Participant, SupportSession
from supportcenter.accounts.capabilities import SHARING
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record
from supportcenter.refusals.found import found


@session_action(who=PRIMARY)
def switch_customer(session: SupportSession, customer: Participant, *, by: Participant) -> SupportSession:
    """Make another customer the current one: sharing ends in both directions; all else goes on (S42, E32).

    Selecting the current customer does nothing. Raises SessionHasEnded, NotInControl, NoSuchParticipant.
    """
    customers = session.participants.customers().present().admitted()
    customer = found(customers.filter(pk=customer.pk).first(), NoSuchParticipant)
    if session.current_customer_id != customer.pk:
        stop_activities(session, Activity.StopReason.SWITCHED, kinds=SHARING, by=by)
        make_current(session, customer, by=by)
    return session


def make_current(session: SupportSession, customer: Participant | None, *, by: Actor | None = None) -> None:
    """Make the customer the one whom the locked session helps now, or nobody."""
    session.mark_helping(customer)
    record(session.stream, events.customer_switched(customer), by=by)
