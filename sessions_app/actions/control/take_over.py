"""A manager takes over a session that runs, such as one whose representative needs to be relieved."""

from sessions_app.actions.control.transfer_control import hand_over
from sessions_app.actions.lifecycle.admit_csr import admit_csr
from sessions_app.actions.lifecycle.assist import enter_as_csr
from sessions_app.actions.locking import ANYONE, session_action
from sessions_app.errors import NobodyInControl, NoRoomAtTarget, NoRoomForMore, NotAManager
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_take_over
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.refusals import require


@session_action(who=ANYONE)
def take_over_session(session: SupportSession, *, by: User) -> Participant:
    """Make the manager `by` the primary at once, as a transfer of control to them would; the former one may stay.

    Who controls the session already changes nothing. Raises SessionHasEnded, NotAManager, NobodyInControl (E4),
    SessionRunning (S37), NoRoomForMore (E10).
    """
    user, policy = by.locked(), SitePolicy.current()
    require(may_take_over(user), NotAManager)
    require(session.primary is not None, NobodyInControl)
    taker = session.participants.present().select_related("user").filter(user=user).first()
    if taker and session.primary_id == taker.pk:
        return taker
    admit_csr(user, policy)
    taker = taker or enter_as_csr(session, user, policy)
    taker.session = session
    try:
        hand_over(session, taker, why="taken_over", by=taker)
    except NoRoomAtTarget as refusal:
        raise NoRoomForMore from refusal
    return taker
