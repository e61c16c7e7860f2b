"""What follows when somebody is away for longer than their grace."""

from sessions_app.actions.control.transfer_control import hand_to_an_heir
from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.lifecycle.leave import see_out
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_stay
from sessions_app.rules.rescue_hooks import rescued


def part_with(session: SupportSession, participant: Participant) -> None:
    """End the stay of a participant who vanished from the locked session; the session may end with it.

    When the starter vanishes as the primary, the session ends (S5). When another primary does, control goes back to
    its giver, or to the longest present assistant with room; without any the session ends (E5). Before either, others
    may rescue it (E29).
    """
    if participant.is_primary and not (rescued(session, participant) or _give_control_on(session, participant)):
        close_session(session, reason=_why_ended(participant), by=participant)
    else:
        see_out(session, participant, _why_left(participant), by=participant)


def _why_ended(primary: Participant) -> SupportSession.EndReason:
    if not may_stay(primary):
        return SupportSession.EndReason.ACCOUNT_DISABLED
    return SupportSession.EndReason.DASHBOARD_CLOSED if primary.is_closed else SupportSession.EndReason.CONNECTION_LOST


def _why_left(participant: Participant) -> Participant.LeftReason:
    return Participant.LeftReason.CLOSED if participant.is_closed else Participant.LeftReason.LOST


def _give_control_on(session: SupportSession, vanished: Participant) -> bool:
    return vanished.user_id != session.starter_id and hand_to_an_heir(session, vanished)
