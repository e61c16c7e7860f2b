from django.db import transaction

from sessions_app import events
from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.idle_clock import touch
from sessions_app.actions.lifecycle.leave import see_out
from sessions_app.actions.lifecycle.start import open_session
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import NameTaken, NobodyInControl, NoRoom, NoSuchParticipant, SessionHasEnded
from sessions_app.models import Participant, SupportSession
from sessions_app.models.participant import digest
from sessions_app.rules.capacity import take_slots
from sessions_app.rules.permissions import may_be_called, may_join
from sessions_app.rules.streams import lobby_stream
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


def join_session(session, *, name, email="", language="en", seat=""):
    """Seat a customer and return the participant and the seat's secret (S16), unless the maximum is reached (E31).

    `seat` is the secret that a repeat of the same press brings again: who sits there already stays there.

    Raises SessionHasEnded, NobodyInControl, NameTaken, NoRoom. A refusal for want of room is told to the primary, so
    it is on record although the join is not.
    """
    try:
        return _seat(session, seat, name=name, email=email, language=language)
    except NoRoom:
        _tell_primary(session, name)
        raise


@transaction.atomic
def _seat(session, seat, *, name, email, language):
    session = session.locked()
    require(session.is_open, SessionHasEnded)
    if seat and (seated := Participant.objects.present().filter(seat_hash=digest(seat)).first()):
        return seated, seat
    require(may_join(session), NobodyInControl)
    require(may_be_called(name, session), NameTaken)
    policy = SitePolicy.current()
    require(take_slots(session.primary.user, policy), NoRoom)
    session = _session_of_his_own(session, policy)
    customer = Participant.objects.create(
        session=session, kind=Participant.Kind.CUSTOMER, name=name, email=email, language=language
    )
    seat = customer.new_seat(seat)
    expect_arrival(customer, policy)
    if policy.admit_by_hand:
        record(session.stream, events.participant_waiting(customer), by=customer)
    else:
        _welcome(session, customer, by=customer)
    return customer, seat


def seat_expected(session, *, name, email, language, seat_hash):
    """Seat a customer whom the primary has accepted already: the caller holds the session and has taken the slot.

    The seat's secret is one that the customer's browser has (its hash is given), and nobody asks again at the door.
    """
    customer = Participant.objects.create(
        session=session, kind=Participant.Kind.CUSTOMER, name=name, email=email, language=language, seat_hash=seat_hash
    )
    expect_arrival(customer, SitePolicy.current())
    _welcome(session, customer, by=customer)
    return customer


def _session_of_his_own(session, policy):
    """In multi-session mode a session holds one customer: a further one gets a session of his own (E34)."""
    if session.mode == SupportSession.Mode.SINGLE or not session.participants.customers().present().exists():
        return session
    branch = open_session(session.primary.user, session.mode, policy, branched_from=session)
    record(session.stream, events.session_branched(session, branch))
    return branch


# Letting somebody in touches the idle clock itself, as a join does, in the name of the customer.
@session_action(who=PRIMARY, touch=False)
def admit_customer(session, participant, *, by):
    """Let somebody in from the lobby (E37). Letting the same person in twice changes nothing."""
    customer = session.participants.customers().present().filter(pk=participant.pk).first()
    require(customer is not None, NoSuchParticipant)
    if not customer.is_admitted:
        _welcome(session, customer, by=by)
        record(lobby_stream(customer), events.lobby_left(), by=by)
    return customer


@session_action(who=PRIMARY, touch=False)
def refuse_customer(session, participant, *, by):
    """Turn somebody in the lobby away, kindly; the slot is free again."""
    customer = session.participants.customers().present().filter(pk=participant.pk, admitted_at=None).first()
    require(customer is not None, NoSuchParticipant)
    see_out(session, customer, Participant.LeftReason.NOT_ADMITTED, by=by)
    record(lobby_stream(customer), events.lobby_left(), by=by)


def _welcome(session, customer, *, by):
    customer.session = session
    customer.admitted_at = clock.now()
    customer.save(update_fields=["admitted_at"])
    record(session.stream, events.participant_joined(customer), by=by)
    if session.first_joined_at is None:
        session.first_joined_at = customer.admitted_at
        session.save(update_fields=["first_joined_at"])
    if session.current_customer_id is None:
        session.current_customer = customer
        session.save(update_fields=["current_customer"])
        record(session.stream, events.customer_switched(customer))
    touch(session, by=customer)


@transaction.atomic
def _tell_primary(session, name):
    record(session.stream, events.join_refused(name, NoRoom.code))
