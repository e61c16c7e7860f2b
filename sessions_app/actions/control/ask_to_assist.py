"""Ask a colleague, on the page that they have open, to assist in a session (S17, S26)."""

from sessions_app import events
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.errors import ColleagueNotHere
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.askable import reachable
from sessions_app.rules.asking import require_pause
from sessions_app.rules.push_news import ASKED, ASKED_LIVES
from supportcenter import clock
from supportcenter.accounts.actions.pushing import Told, push
from supportcenter.accounts.models import User
from supportcenter.live.log.eventlog import record


@session_action(who=PRIMARY)
def ask_to_assist(session: SupportSession, colleague: User, *, by: Participant) -> None:
    """Tell the colleague the session's number, and who asks. They join by Assist Session, or they do not.

    Raises SessionHasEnded, NotInControl, ColleagueNotHere if no page of theirs is open or they are in the session,
    AskedTooOften.
    """
    if not reachable(session).filter(pk=colleague.pk).exists():
        raise ColleagueNotHere(colleague.display_name)
    require_pause(colleague.stream, "assist.asked")
    record(colleague.stream, events.assist_asked(session, by), by=by)
    push(ASKED, [Told(colleague.pk, by.pk, clock.now() + ASKED_LIVES)])
    record(session.stream, events.assistant_asked(colleague.display_name), by=by)
