"""A session without anybody in control, while it waits for the next representative (E4): letting go, and taking over.

Neither knows who distributes sessions; both are called with the session's row locked.
"""

from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities
from sessions_app.actions.idle_clock import touch
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.lifecycle.assist import enter_as_csr
from sessions_app.actions.lifecycle.leave import see_out
from sessions_app.errors import NoRoomAtTarget, NotInTransfer
from sessions_app.models import Activity, Participant
from sessions_app.rules.capacity import release_slots, slots_in, take_slots
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require


def relinquish_session(session, *, by):
    """The primary lets go of the session and is out at once (S82); assistants stay, without control (E17)."""
    former = session.primary
    release_control(session, by=by)
    see_out(session, former, Participant.LeftReason.TRANSFERRED, by=by)


def release_control(session, *, by=None):
    """Nobody is in control: everything ends, a voice call too (S83, E17), and the slots are free (S71)."""
    former = session.primary
    stop_activities(session, Activity.StopReason.RELINQUISHED, by=by)
    release_slots(former.user, slots_in(session))
    record(session.stream, events.chat_closed(session), by=by)
    session.primary = None
    session.conversation += 1
    session.save(update_fields=["primary", "conversation"])
    record(session.stream, events.control_released(former), by=by)
    touch(session, by=by)


def take_control(session, user):
    """`user`, locked, controls the session that nobody controls, as the one primary, even where they assist (E27).

    The page has so long to appear as after a start (E2).

    Raises NotInTransfer, SessionRunning (S37), NoRoomAtTarget (E26).
    """
    require(session.is_open and session.primary_id is None, NotInTransfer)
    policy = SitePolicy.current()
    admit_csr(user, policy)
    require(take_slots(user, policy, slots_in(session)), NoRoomAtTarget)
    primary = session.participants.present().filter(user=user).first() or enter_as_csr(session, user, policy)
    session.primary = primary
    session.save(update_fields=["primary"])
    record(session.stream, events.control_transferred(None, primary, why="accepted"), by=primary)
    touch(session, by=primary)
    return primary
