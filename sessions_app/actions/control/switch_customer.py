from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import NoSuchParticipant
from sessions_app.models import Activity
from supportcenter.accounts.capabilities import SHARING
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


@session_action(who=PRIMARY)
def switch_customer(session, customer, *, by):
    """Help another customer now: all sharing ends, both ways; chat, voice, recording and files go on (S42, E32).

    Selecting the current customer does nothing. Raises SessionHasEnded, NotInControl, NoSuchParticipant.
    """
    customer = session.participants.customers().present().admitted().filter(pk=customer.pk).first()
    require(customer is not None, NoSuchParticipant)
    if session.current_customer_id != customer.pk:
        stop_activities(session, Activity.StopReason.SWITCHED, kinds=SHARING, by=by)
        session.current_customer = customer
        session.save(update_fields=["current_customer"])
        record(session.stream, events.customer_switched(customer), by=by)
    return session
