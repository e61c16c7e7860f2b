"""Transfer a session to other agents (S67 to S83): the transferor leaves at once, and the session waits for the next.

Until an agent accepts its request, nobody is in control, and the customer's page says so.
"""

from collections.abc import Iterable
from datetime import timedelta

from sessions_app.actions.control.relinquish import relinquish_session
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.capacity import slots_in
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.queue_entries import lock_queue_in_use, record_news, start_waiting
from webacd.actions.offering.make_offers import offer_to, push_offers
from webacd.engine.facts import PASSING, obstacle
from webacd.errors import (
    AgentAtCapacity,
    AgentNotAvailable,
    AgentUnknown,
    NobodyAvailable,
    NobodyChosen,
    NoCustomer,
    NotToYourself,
    QueueClosed,
)
from webacd.models import AcdPolicy, Agent, Queue, QueueEntry, SupportRequest
from webacd.queries.agent_views import agent_views
from webacd.queries.transfer_choices import available_in
from webacd.rules.permissions import require_agent
from webacd.rules.personal_message import checked

OFFER_SECONDS = 30


@session_action(who=PRIMARY, touch=False)
def transfer_to_agents(
    session: SupportSession, agents: Iterable[Agent], *, message: str = "", by: Participant
) -> SupportRequest:
    """Offer the session to one or more agents at once; the first to accept gets it (S77, E20).

    Raises SessionHasEnded, NotInControl, NotAnAgent, NobodyChosen, AgentUnknown, NotToYourself, AgentNotAvailable,
    AgentAtCapacity, NoCustomer, MessageTooLong, MessageUnreadable.
    """
    transferor, message = _ready(session, message, by)
    chosen = _chosen_agents(agents, transferor, slots_in(session))
    entry = _relinquish(session, None, transferor, message, by)
    offers = offer_to(entry, chosen, seconds=OFFER_SECONDS, rule="by_name")
    record_news([(offer.agent.stream, events.offer_made(offer)) for offer in offers], by=transferor)
    push_offers(offers)
    return entry.request


@session_action(who=PRIMARY, touch=False)
def transfer_to_queue(
    session: SupportSession, queue: Queue | None, *, message: str = "", confirmed: bool = False, by: Participant
) -> SupportRequest:
    """Transfer the session to exactly one queue, whose strategy finds the next agent (S76, E21).

    Raises SessionHasEnded, NotInControl, NotAnAgent, NoCustomer, MessageTooLong, MessageUnreadable, QueueUnknown,
    QueueClosed, and NobodyAvailable unless it is `confirmed` (E23).
    """
    transferor, message = _ready(session, message, by)
    target = lock_queue_in_use(queue)
    require(target.is_open(), QueueClosed)
    available = confirmed or available_in(target, transferor, customers=slots_in(session))
    require(available, NobodyAvailable, needs_confirmation=True)
    return _relinquish(session, target, transferor, message, by).request


def _ready(session: SupportSession, message: str, by: Participant) -> tuple[Agent, str]:
    transferor = require_agent(by.user)
    require(session.participants.customers().present().exists(), NoCustomer)
    return transferor, checked(message)


def _chosen_agents(agents: Iterable[Agent], transferor: Agent, customers: int) -> list[Agent]:
    """Lock the agents and check each of them again: present, not away, and not full (E23)."""
    wanted = {agent.pk for agent in agents}
    require(wanted, NobodyChosen)
    require(transferor.pk not in wanted, NotToYourself)
    # In the order of keys. An agent who becomes Away now does so before this, or the offer is withdrawn.
    rows = Agent.objects.active().select_for_update(of=("self",), no_key=True).select_related("user")
    chosen = list(rows.filter(pk__in=wanted).order_by("pk"))
    require(len(chosen) == len(wanted), AgentUnknown)
    views, now = agent_views(wanted), clock.now()
    for agent in chosen:
        why_not = obstacle(views[agent.pk], now, customers=customers)
        if why_not == "full":
            raise AgentAtCapacity(agent.display_name)
        if why_not not in PASSING:
            raise AgentNotAvailable(agent.display_name)
    return chosen


def _relinquish(
    session: SupportSession, queue: Queue | None, transferor: Agent, message: str, by: Participant
) -> QueueEntry:
    policy = AcdPolicy.current()
    customers = slots_in(session)
    former = SupportRequest.objects.latest_of(session)
    relinquish_session(session, by=by)
    entry = wait_for_agent(
        session,
        queue,
        former,
        kind=SupportRequest.Kind.TRANSFERRED,
        customers=customers,
        message=message,
        transferred_by=transferor.user,
        not_for=transferor,
        policy=policy,
    )
    record(entry.request.stream, events.request_entered(entry.request), by=transferor)
    return entry


def wait_for_agent(
    session: SupportSession,
    queue: Queue | None,
    former: SupportRequest | None,
    *,
    kind: SupportRequest.Kind,
    customers: int,
    policy: AcdPolicy,
    not_for: Agent | None,
    message: str = "",
    transferred_by: User | None = None,
) -> QueueEntry:
    """Make a request for a session without a primary; the time that the customer has waited so far counts (E21).

    Raises NoCustomer.
    """
    customer = session.current_customer or session.participants.customers().present().first()
    if customer is None:
        raise NoCustomer
    request = SupportRequest.objects.create(
        kind=kind,
        session=session,
        queue=queue,
        entry_queue=(former.entry_queue if former else None) or queue,
        name=customer.name,
        email=customer.email,
        language=customer.language,
        answers=former.answers if former else [],
        arrived_at=former.arrived_at if former else customer.joined_at,
        message=message,
        transferred_by=transferred_by,
    )
    now = clock.now()
    entry = start_waiting(
        request,
        queue,
        priority=QueueEntry.TRANSFERRED if policy.transferred_first else QueueEntry.NEW,
        customers=customers,
        not_for=not_for,
        not_for_until=now + timedelta(seconds=policy.transferor_seconds) if not_for else None,
    )
    run_later("webacd.transfer_over", due=now + policy.transfer_time, request=request.pk)
    return entry
