"""Ask a colleague, on the page that they have open, to assist in a session (S17, S26)."""

from sessions_app import events as session_events
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.asking import require_pause
from supportcenter.live.log.eventlog import record
from webacd import events
from webacd.errors import AgentNotAvailable
from webacd.models import Agent
from webacd.queries.askable import reachable


@session_action(who=PRIMARY)
def ask_to_assist(session: SupportSession, agent: Agent, *, by: Participant) -> None:
    """Tell the agent the session's number, and who asks. They join by Assist Session, or they do not.

    Raises SessionHasEnded, NotInControl, AgentNotAvailable if no page of theirs is open or they are in the session,
    AskedTooOften.
    """
    if not reachable(session).exclude(user=by.user_id).filter(pk=agent.pk).exists():
        raise AgentNotAvailable(agent.display_name)
    require_pause(agent.stream, "assist.asked")
    record(agent.stream, events.assist_asked(session, by), by=by)
    record(session.stream, session_events.assistant_asked(agent.display_name), by=by)
