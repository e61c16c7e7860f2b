"""Relinquishing a session (S67 to S83): the transferor is out at once, and the session waits for whoever takes it.

The request carries it; until somebody accepts, nobody is in control, and the customer's page says so.
"""

from datetime import timedelta

from sessions_app.actions.control.relinquish import relinquish_session
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.rules.capacity import slots_in
from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.queue_entries import record_news, start_waiting
from webacd.actions.offering.make_offers import offer_to
from webacd.engine.facts import PASSING, can_be_chosen, obstacle
from webacd.errors import (
    AgentAtCapacity,
    AgentNotAvailable,
    AgentUnknown,
    MessageTooLong,
    MessageUnreadable,
    NobodyAvailable,
    NobodyChosen,
    NoCustomer,
    NotToYourself,
    QueueClosed,
)
from webacd.models import AcdPolicy, Agent, QueueEntry, SupportRequest
from webacd.queries.queues import queue_in_use
from webacd.queries.snapshot import agent_views
from webacd.rules.permissions import require_agent
from webacd.rules.personal_message import LONGEST, is_readable, normalised

OFFER_SECONDS = 30


@session_action(who=PRIMARY, touch=False)
def transfer_to_agents(session, agents, *, message="", by):
    """Offer the session to one or more agents at once; the first to accept has it (S77, E20).

    Raises SessionHasEnded, NotInControl, NotAnAgent, NobodyChosen, AgentUnknown, NotToYourself, AgentNotAvailable,
    AgentAtCapacity, NoCustomer, MessageTooLong, MessageUnreadable.
    """
    transferor, message = _ready(session, message, by)
    agents = _chosen_agents(agents, transferor, slots_in(session))
    request, entry = _relinquish(session, None, transferor, message, by)
    offers = offer_to(entry, agents, seconds=OFFER_SECONDS, rule="by_name")
    record_news([(offer.agent.stream, events.offer_made(offer)) for offer in offers], by=transferor)
    return request


@session_action(who=PRIMARY, touch=False)
def transfer_to_queue(session, queue, *, message="", confirmed=False, by):
    """Give the session into exactly one queue, whose rule finds the next representative (S76, E21).

    Raises as above, and QueueUnknown, QueueClosed, NobodyAvailable until it is `confirmed` (E23).
    """
    transferor, message = _ready(session, message, by)
    queue = queue_in_use(queue)
    require(queue.is_open(), QueueClosed)
    require(confirmed or available_in(queue, transferor, slots_in(session)), NobodyAvailable, needs_confirmation=True)
    request, _entry = _relinquish(session, queue, transferor, message, by)
    return request


def available_in(queue, transferor=None, customers=1):
    """How many agents of the queue could take so many customers now, the transferor aside."""
    members = list(queue.agents.exclude(pk=transferor.pk if transferor else 0).values_list("pk", flat=True))
    now = clock.now()
    return sum(can_be_chosen(view, now, customers=customers) for view in agent_views(members).values())


def _ready(session, message, by):
    transferor = require_agent(by.user)
    require(session.participants.customers().present().exists(), NoCustomer)
    return transferor, _checked(message)


def _checked(message):
    """E22: counted in code points after CRLF→LF and NFC; refused, never cut."""
    message = normalised(message)
    require(len(message) <= LONGEST, MessageTooLong)
    require(is_readable(message), MessageUnreadable)
    return message


def _chosen_agents(agents, transferor, customers):
    """E23, checked again now: each must be there, not away and not full."""
    wanted = {agent.pk for agent in agents}
    require(wanted, NobodyChosen)
    require(transferor.pk not in wanted, NotToYourself)
    # Locked, in order: an agent who goes away at this moment is either away before us or has the offer withdrawn.
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


def _relinquish(session, queue, transferor, message, by):
    policy = AcdPolicy.current()
    customers = slots_in(session)
    former = former_request(session)
    relinquish_session(session, by=by)
    request = wait_for_agent(
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
    record(request.stream, events.request_entered(request), by=transferor)
    return request, request.queue_entry


def wait_for_agent(session, queue, former, *, kind, customers, policy, not_for, **facts):
    """A request for a session that nobody controls; the customer's waiting time so far counts (E21)."""
    customer = session.current_customer or session.participants.customers().present().first()
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
        **facts,
    )
    now = clock.now()
    start_waiting(
        request,
        queue,
        priority=QueueEntry.TRANSFERRED if policy.transferred_first else QueueEntry.NEW,
        customers=customers,
        not_for=not_for,
        not_for_until=now + timedelta(seconds=policy.transferor_seconds) if not_for else None,
    )
    run_later("webacd.transfer_over", due=now + timedelta(minutes=policy.transfer_minutes), request=request.pk)
    return request


def former_request(session):
    """The latest request by which this session came to an agent, if it did."""
    return SupportRequest.objects.filter(session=session).select_related("entry_queue", "queue").first()
