"""What distribution does about the news of sessions."""

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from sessions_app.models import Participant, SupportSession
from supportcenter.live.eventlog import event_recorded
from webacd import briefings  # noqa: F401 - it registers itself, as do the two below
from webacd.actions import forgetting, orphans  # noqa: F401 - keepers of traces, of orphans
from webacd.actions.agents import finish_work, sign_out
from webacd.actions.in_transfer import customer_left, session_over
from webacd.models import Agent, SupportRequest
from webacd.permissions import agent_of

SESSION = "session."


@receiver(event_recorded)
def hear(event, **_more):
    if event.stream_name.startswith(SESSION) and event.type in HEARD:
        session = SupportSession.objects.filter(key=event.stream_name.removeprefix(SESSION)).first()
        if session:
            HEARD[event.type](session, event.data)


@receiver(user_logged_out)
def on_signed_out(user, **_more):
    """Of the site: then of distribution as well (E47)."""
    agent = agent_of(user) if user else None
    if agent:
        sign_out(agent)


def on_ended(session, _data):
    session_over(session)
    _work_is_finished(session, session.primary_id)


def on_released(session, data):
    _work_is_finished(session, data["from"])


def on_left(session, data):
    if data["role"] == "customer" and session.primary_id is None:
        customer_left(session)


HEARD = {
    "session.ended": on_ended,
    "control.released": on_released,
    "control.transferred": on_released,
    "participant.left": on_left,
}


def _work_is_finished(session, participant):
    """Whoever had the session is idle now, or wraps up if it came from a queue (acd 7)."""
    former = Participant.objects.filter(pk=participant).first()
    agent = Agent.objects.filter(user=former.user_id).first() if former else None
    if agent:
        finish_work(agent, _wrap_up(session, agent))


def _wrap_up(session, agent):
    request = SupportRequest.objects.filter(session=session, answered_by=agent).select_related("queue", "entry_queue")
    request = request.first()
    queue = request and (request.queue or request.entry_queue)
    return queue.wrap_up_seconds if queue else 0
