"""Customers who join wait until the primary lets them in: on the whole site (E37), or in one session (E49)."""

from sessions_app import events
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.models import Participant, SupportSession
from supportcenter.live.log.eventlog import record


@session_action(who=PRIMARY, touch=False)
def switch_lobby(session: SupportSession, *, on: bool, by: Participant) -> None:
    """Have those who join this session from now on wait in the lobby, or not any more.

    It changes nothing for those who wait already, nor where the site's policy wants the lobby everywhere.
    Raises SessionHasEnded, NotInControl.
    """
    set_lobby(session, on=on, by=by)


def set_lobby(session: SupportSession, *, on: bool, by: Participant) -> None:
    """The same in a session that the caller has locked. What is so already is not told again."""
    if session.admits_by_hand != on:
        session.admit_by_hand(on)
        record(session.stream, events.lobby_switched(on=on), by=by)
