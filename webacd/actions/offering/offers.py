"""Offers that are not accepted: declined, not answered, or withdrawn (acd 6, E24)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.fallback import fall_back
from webacd.actions.entering.queue_entries import lock_if_waiting, lock_waiting, record_news, release_entry
from webacd.actions.notify import board_changed, route_soon
from webacd.errors import NotOffered, OfferOver
from webacd.models import AcdPolicy, Agent, Offer, QueueEntry, SupportRequest
from webacd.queries.agent_slots import slots_of_agent


@transaction.atomic
def decline(offer: Offer, *, by: User) -> None:
    """Decline an offer: the agent rests for ⟨20 s⟩, and the customer is offered to the next one.

    Declining again changes nothing.

    Raises NotOffered, TakenBy, RequestOver, OfferOver.
    """
    offer = Offer.objects.select_related("agent__user", "request").get(pk=offer.pk)
    require(offer.agent.user_id == by.pk, NotOffered)
    if offer.state == Offer.State.DECLINED:
        return
    entry = lock_waiting(offer.request)
    offer.refresh_from_db(fields=["state", "expires_at"])
    require(offer.is_running, OfferOver)
    _end(entry, [offer], Offer.State.DECLINED)


@transaction.atomic
def expire(request: SupportRequest) -> None:
    """Close the request's expired offers. An agent who has let ⟨3⟩ in a row expire is set to Away, and told so."""
    entry = lock_if_waiting(request)
    if entry is None:
        return
    late = Offer.objects.open().filter(request=request, expires_at__lte=clock.now())
    _end(entry, list(late.select_related("agent__user")), Offer.State.UNANSWERED)


@transaction.atomic
def withdraw(offer: Offer) -> None:
    """Withdraw an offer that its agent can no longer accept; the customer is offered to the next one."""
    entry = lock_if_waiting(offer.request)
    if entry is None:
        return
    offer = Offer.objects.select_related("agent__user").get(pk=offer.pk)
    if offer.is_open:
        offer.mark_over(Offer.State.WITHDRAWN)
        record_news([(offer.agent.stream, events.offer_over(offer))])
        _free(entry)


def withdraw_from(agent: Agent) -> None:
    """Withdraw all open offers of an agent who is full or no longer Available."""
    agent = Agent.objects.select_related("user").get(pk=agent.pk)
    may_take = agent.is_available and agent.is_active and agent.user.is_csr
    if may_take and not slots_of_agent(agent, SitePolicy.current()).are_full:
        return
    for offer in Offer.objects.open().filter(agent=agent).select_related("request"):
        withdraw(offer)


def _end(entry: QueueEntry, offers: Sequence[Offer], state: Offer.State) -> None:
    agents = _lock_agents(offers)
    policy = AcdPolicy.current()
    news = []
    for offer in offers:
        agent = offer.agent = agents[offer.agent_id]
        offer.mark_over(state)
        news.append((agent.stream, events.offer_over(offer)))
        if _rest(agent, offer, policy):
            news.append((agent.stream, events.agent_status(agent)))
            run_later("webacd.withdraw_from", agent=agent.pk)
    record_news(news)
    if offers:
        _free(entry)


def _lock_agents(offers: Iterable[Offer]) -> dict[int, Agent]:
    agents = Agent.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    return {agent.pk: agent for agent in agents.filter(pk__in=[offer.agent_id for offer in offers]).order_by("pk")}


def _rest(agent: Agent, offer: Offer, policy: AcdPolicy) -> bool:
    """Let the agent rest after a declined or expired offer; true if it has made them Away."""
    now = clock.now()
    if offer.state == Offer.State.DECLINED:
        agent.unanswered = 0
    elif agent.last_unanswered_at is None or offer.made_at >= agent.last_unanswered_at:
        # Offers that were open at the same time count once.
        agent.unanswered += 1
        agent.last_unanswered_at = now
    if agent.is_available and agent.unanswered >= policy.unanswered_until_away:
        agent.set_status(Agent.Status.AWAY, cause=Agent.AwayCause.UNANSWERED)
        return True
    agent.resting_until = now + timedelta(seconds=policy.rest_seconds)
    agent.version += 1
    agent.save(update_fields=["unanswered", "last_unanswered_at", "resting_until", "version"])
    return False


def _free(entry: QueueEntry) -> None:
    release_entry(entry)
    if entry.offered_until is None:
        fall_back(entry)
    board_changed()
    route_soon()
