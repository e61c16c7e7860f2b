from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from sessions_app import events
from sessions_app.actions.control.switch_customer import make_current
from sessions_app.actions.grace import expect_arrival
from sessions_app.actions.idle_clock import touch
from sessions_app.actions.lifecycle.leave import see_out
from sessions_app.actions.lifecycle.refusals import note_refused_join
from sessions_app.actions.lifecycle.start import open_session
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import NobodyInControl, NoRoom, NoSuchParticipant, SessionHasEnded, ShownOut
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.capacity import take_slots
from sessions_app.rules.names import representatives_of, require_own_name
from sessions_app.rules.permissions import may_join
from sessions_app.rules.streams import lobby_stream
from supportcenter.accounts.models import SitePolicy
from supportcenter.browser_secrets import digest
from supportcenter.live.log.eventlog import position, record
from supportcenter.refusals import require
from supportcenter.refusals.found import found


def join_session(
    session: SupportSession,
    *,
    name: str,
    email: str = "",
    language: str = "en",
    came_by: str = Participant.CameBy.NUMBER,
    seat: str = "",
    confirmed: Collection[str] = (),
    may_come: Callable[[SupportSession], object] = lambda session: None,
) -> tuple[Participant, str]:
    """Give a customer a seat; returns the participant and the seat's secret (S16).

    `seat` is a secret that the page made up: if the same press arrives twice, the second one finds its seat taken by
    the first. A refusal because the primary's maximum is reached is told to the primary (E31), so it is on record
    although the join is not (refusals.py). `came_by` is the way by which they come, `confirmed` what another
    system vouches for: "name", "email".
    `may_come` is asked with the session locked, and raises what refuses the way by which the customer has come, where
    that can be closed meanwhile.

    Raises SessionHasEnded, ShownOut, NobodyInControl, NameReserved, NameTaken, NoRoom.
    """
    try:
        who = {"name": name, "email": email, "language": language, "came_by": came_by, "confirmed": [*confirmed]}
        return _seat(session, seat, may_come, who)
    except NoRoom:
        note_refused_join(session, name)
        raise


@transaction.atomic
def _seat(
    session: SupportSession,
    seat: str,
    may_come: Callable[[SupportSession], object],
    who: dict[str, Any],
) -> tuple[Participant, str]:
    session = session.locked()
    require(session.is_open, SessionHasEnded)
    if seat and (seated := Participant.objects.filter(seat_hash=digest(seat)).first()):
        # A form sent again, without the cookie that says so.
        require(not seated.is_shown_out, ShownOut)
        if seated.is_present:
            return seated, seat
    may_come(session)
    require(may_join(session), NobodyInControl)
    require_own_name(who["name"], representatives_of(session))
    policy = SitePolicy.current()
    primary = found(session.primary, NobodyInControl)
    require(take_slots(primary.account, policy), NoRoom)
    by_hand = policy.admit_by_hand or session.admits_by_hand
    session = _session_for_one_more(session, primary, policy)
    customer = _customer(session, **who)
    seat = customer.new_seat(seat)
    expect_arrival(customer, policy)
    if by_hand:
        record(session.stream, events.participant_waiting(customer), by=customer)
    else:
        _welcome(session, customer, by=customer)
    return customer, seat


def seat_expected(
    session: SupportSession, *, name: str, email: str, language: str, seat_hash: str, confirmed: Collection[str] = ()
) -> Participant:
    """Give a seat to a customer whom the primary has accepted already, without the lobby.

    The caller has locked the session and taken the slot. `seat_hash` is that of a secret the customer's browser has.
    """
    who = {"name": name, "email": email, "language": language, "confirmed": [*confirmed]}
    customer = _customer(session, seat_hash=seat_hash, came_by=Participant.CameBy.QUEUE, **who)
    expect_arrival(customer, SitePolicy.current())
    _welcome(session, customer, by=customer)
    return customer


def _customer(session: SupportSession, **who: Any) -> Participant:
    return Participant.objects.create(session=session, kind=Participant.Kind.CUSTOMER, **who)


def _session_for_one_more(session: SupportSession, primary: Participant, policy: SitePolicy) -> SupportSession:
    """In multi-session mode a session has one customer, so the next one gets a session of their own (E34)."""
    if session.mode == SupportSession.Mode.SINGLE or not session.participants.customers().present().exists():
        return session
    branch = open_session(primary.account, session.mode, policy, branched_from=session)
    record(session.stream, events.session_branched(session, branch))
    return branch


# The idle clock is touched below, in the customer's name, as it is when they join without a lobby.
@session_action(who=PRIMARY, touch=False)
def admit_customer(session: SupportSession, participant: Participant, *, by: Participant) -> Participant:
    """Admit a customer from the lobby (E37). Admitting them twice changes nothing.

    Raises SessionHasEnded, NotInControl, NoSuchParticipant.
    """
    present = session.participants.customers().present()
    customer = found(present.filter(pk=participant.pk).first(), NoSuchParticipant)
    if not customer.is_admitted:
        _welcome(session, customer, by=by)
        record(lobby_stream(customer), events.lobby_left(), by=by)
    return customer


@session_action(who=PRIMARY, touch=False)
def refuse_customer(session: SupportSession, participant: Participant, *, by: Participant) -> None:
    """Turn away a customer who waits in the lobby; their slot is free again (E37).

    Raises SessionHasEnded, NotInControl, NoSuchParticipant.
    """
    waiting = session.participants.customers().present().filter(admitted_at=None)
    customer = found(waiting.filter(pk=participant.pk).first(), NoSuchParticipant)
    see_out(session, customer, Participant.LeftReason.NOT_ADMITTED, by=by)
    record(lobby_stream(customer), events.lobby_left(), by=by)


def _welcome(session: SupportSession, customer: Participant, *, by: Participant) -> None:
    customer.session = session
    customer.mark_admitted(**_what_was_before(session))
    record(session.stream, events.participant_joined(customer), by=by)
    session.mark_joined()
    if session.current_customer_id is None:
        make_current(session, customer)
    touch(session, by=customer)


def _what_was_before(session: SupportSession) -> dict[str, int]:
    """E48: where the log and the chat stand as a customer comes in, who reads on from there."""
    if SitePolicy.current().shows_earlier_chat:
        return {"events_before": 0, "lines_before": 0}
    last_line = session.chat_messages.order_by("-pk").values_list("pk", flat=True).first()
    return {"events_before": position(session.stream), "lines_before": last_line or 0}
