"""What follows when somebody stays away for longer than the grace."""

from sessions_app.actions.control.transfer_control import hand_to_an_heir
from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.lifecycle.leave import see_out
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.rescue_hooks import rescued


def part_with(session, participant):
    """End the stay of whoever vanished from the locked session; what becomes of the session depends on who it was.

    The starter in control takes the session with him (S5); control that was received goes back to the giver, else to
    the longest present assistant with room, else the session ends too (E5), unless somebody keeps it (E29).
    """
    if participant.is_primary and not (
        rescued(session, participant) or _give_control_on(session, participant)
    ):
        close_session(session, reason=_why_ended(participant), by=participant)
    else:
        see_out(session, participant, _why_left(participant), by=participant)


def _why_ended(primary):
    if not primary.user.is_active:
        return SupportSession.EndReason.ACCOUNT_DISABLED
    return SupportSession.EndReason.DASHBOARD_CLOSED if primary.is_closed else SupportSession.EndReason.CONNECTION_LOST


def _why_left(participant):
    return Participant.LeftReason.CLOSED if participant.is_closed else Participant.LeftReason.LOST


def _give_control_on(session, vanished):
    return vanished.user_id != session.starter_id and hand_to_an_heir(session, vanished)
