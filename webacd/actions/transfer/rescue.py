"""Keep a session from a queue whose agent has vanished, as long as a customer is present (E29, acd 12).

The assistant who has been present longest gets it, else the queue it came from, else the default queue; else it ends.
"""

from sessions_app.actions.control.relinquish import release_control
from sessions_app.actions.control.transfer_control import hand_to_an_heir
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.capacity import slots_in
from supportcenter.jobs.outbox.later import run_later
from webacd.actions.transfer.transfer import wait_for_agent
from webacd.models import AcdPolicy, Agent, Queue, SupportRequest
from webacd.queries.queues import first_open


def rescue_session(session: SupportSession, vanished: Participant) -> bool:
    former = SupportRequest.objects.latest_of(session)
    if former is None or not session.participants.customers().present().exists():
        return False
    agent = Agent.objects.filter(user=vanished.user_id).first()
    if agent:
        run_later("webacd.agent_vanished", agent=agent.pk)
    return hand_to_an_heir(session, vanished) or _back_to_queue(session, former, agent)


def _back_to_queue(session: SupportSession, former: SupportRequest, agent: Agent | None) -> bool:
    queue = _queue_for(former)
    if queue is None:
        return False
    customers = slots_in(session)
    release_control(session)
    wait_for_agent(
        session,
        queue,
        former,
        kind=SupportRequest.Kind.RETURNED,
        customers=customers,
        policy=AcdPolicy.current(),
        not_for=agent,
    )
    return True


def _queue_for(former: SupportRequest) -> Queue | None:
    return first_open([former.queue, former.entry_queue, Queue.objects.default()])
