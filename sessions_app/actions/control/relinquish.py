"""Relinquish a session, which then has no primary, and take it over (E4).

Nothing here knows who distributes sessions. The caller holds the session's row locked.
"""

from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.idle_clock import touch
from sessions_app.actions.lifecycle.assist import enter_as_csr
from sessions_app.actions.lifecycle.leave import see_out
from sessions_app.errors import NoRoomAtTarget, NotInTransfer
from sessions_app.models import Activity, Participant, SupportSession
from sessions_app.rules.capacity import release_slots, slots_in, take_slots
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


def relinquish_session(session: SupportSession, *, by: Participant) -> None:
    """Release control and leave the session at once (S82); assistants stay, without control (E17)."""
    former = release_control(session, by=by)
    see_out(session, former, Participant.LeftReason.TRANSFERRED, by=by)


def release_control(session: SupportSession, *, by: Actor | None = None) -> Participant:
    """Leave the session without a primary, and return the former one.

    All activities end, a voice call too (S83, E17), and the former primary's slots are free (S71).
    """
    former = session.primary
    assert former is not None
    stop_activities(session, Activity.StopReason.RELINQUISHED, by=by)
    release_slots(former.account, slots_in(session))
    record(session.stream, events.chat_closed(session), by=by)
    session.give_control(None)
    record(session.stream, events.control_released(former), by=by)
    touch(session, by=by)
    return former


def take_control(session: SupportSession, user: User, policy: SitePolicy) -> Participant:
    """Make `user` the primary of a session without one, also if they assist in it (E27).

    The caller has locked their row and asked `admit_csr`. Their page has as long to connect as after a start (E2).

    Raises NotInTransfer, NoRoomAtTarget (E26).
    """
    require(session.is_in_transfer, NotInTransfer)
    require(take_slots(user, policy, slots_in(session)), NoRoomAtTarget)
    primary = session.participants.present().filter(user=user).first() or enter_as_csr(session, user, policy)
    session.primary = primary
    session.save(update_fields=["primary"])
    record(session.stream, events.control_transferred(None, primary, why="accepted"), by=primary)
    touch(session, by=primary)
    return primary
