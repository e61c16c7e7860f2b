"""How a customer's page says goodbye: not every end deserves a "Thank you"."""

from django.db.models import TextChoices

from sessions_app.models import Participant, SupportSession

Reason = SupportSession.EndReason


class Farewell(TextChoices):
    SHOWN_OUT = "shown_out", "the primary removed them, or did not let them in (E49)"
    LEFT = "left", "they have left; the session is open"
    UNANSWERED = "unanswered", "no agent took the session that was relinquished (E24)"
    PAGE_CLOSED = "page_closed", "the representative's page was closed (E1)"
    CONNECTION_LOST = "connection_lost", "the representative's connection was lost (E2)"
    STOPPED = "stopped", "the representative's account was disabled (E11)"
    IDLE = "idle", "nothing happened for too long (E40)"
    NOT_LET_IN = "not_let_in", "it ended while they stood in the lobby (E37)"
    DONE = "done", "it was ended on purpose, or they had left before"


# Each of these happened to the customer, through no doing of theirs.
ACCIDENTS = {
    Reason.DASHBOARD_CLOSED: Farewell.PAGE_CLOSED,
    Reason.CONNECTION_LOST: Farewell.CONNECTION_LOST,
    Reason.ACCOUNT_DISABLED: Farewell.STOPPED,
}


def farewell(session: SupportSession, me: Participant) -> Farewell:
    """Why this customer, who is in the session no longer, has its last page before them."""
    if me.is_shown_out:
        return Farewell.SHOWN_OUT
    if session.is_open:
        return Farewell.LEFT
    if session.end_reason == Reason.ABANDONED:
        return Farewell.UNANSWERED
    if me.left_reason == Participant.LeftReason.LEFT:
        return Farewell.DONE
    if not me.is_admitted:
        return Farewell.NOT_LET_IN
    if session.end_reason == Reason.QUIET:
        return Farewell.IDLE
    return ACCIDENTS.get(Reason(session.end_reason), Farewell.DONE)


def is_accident(session: SupportSession) -> bool:
    return session.end_reason in ACCIDENTS
