"""Offers that are not accepted: declined, unanswered, withdrawn (acd 6, E24)."""

from datetime import timedelta

from django.db import transaction

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.fallback import fall_back
from webacd.actions.entering.queue_entries import lock_if_waiting, lock_waiting, record_news, release_entry
from webacd.actions.notify import board_changed, route_soon
from webacd.errors import NotOffered, OfferOver
from webacd.models import AcdPolicy, Agent, Offer
from webacd.queries.agent_slots import slots_of_agent


@transaction.atomic
def decline(offer, *, by):
    """Say no; the agent rests ⟨20 s⟩ and the customer is offered to the next. Declining twice changes nothing.

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
def expire(request):
    """Close the request's offers whose time is over; ⟨3⟩ unanswered in a row make an agent Away, and he is told."""
    entry = lock_if_waiting(request)
    if entry is None:
        return
    late = Offer.objects.open().filter(request=request, expires_at__lte=clock.now())
    _end(entry, list(late.select_related("agent__user")), Offer.State.UNANSWERED)


@transaction.atomic
def withdraw(offer):
    """Take an offer away from an agent who has become unable to accept it; the customer is offered to the next."""
    entry = lock_if_waiting(offer.request)
    if entry is None:
        return
    offer = Offer.objects.select_related("agent__user").get(pk=offer.pk)
    if offer.is_open:
        offer.mark_over(Offer.State.WITHDRAWN)
        record_news([(offer.agent.stream, events.offer_over(offer))])
        _free(entry)


def withdraw_from(agent):
    """Of an agent who is full now, or not available any more: all that is still held out to him."""
    agent = Agent.objects.select_related("user").get(pk=agent.pk)
    may_take = agent.is_available and agent.user.is_csr
    if may_take and not slots_of_agent(agent, SitePolicy.current()).are_full:
        return
    for offer in Offer.objects.open().filter(agent=agent).select_related("request"):
        withdraw(offer)


def _end(entry, offers, state):
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


def _lock_agents(offers):
    agents = Agent.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    return {agent.pk: agent for agent in agents.filter(pk__in=[offer.agent_id for offer in offers]).order_by("pk")}


def _rest(agent, offer, policy):
    """Note the answer, or that there was none; true if the agent has become Away by it."""
    now = clock.now()
    if offer.state == Offer.State.DECLINED:
        agent.unanswered = 0
    elif agent.last_unanswered_at is None or offer.made_at >= agent.last_unanswered_at:
        # Offers that ran side by side went unanswered once.
        agent.unanswered += 1
        agent.last_unanswered_at = now
    if agent.is_available and agent.unanswered >= policy.unanswered_until_away:
        agent.set_status(Agent.Status.AWAY, cause=Agent.AwayCause.UNANSWERED)
        return True
    agent.resting_until = now + timedelta(seconds=policy.rest_seconds)
    agent.version += 1
    agent.save(update_fields=["unanswered", "last_unanswered_at", "resting_until", "version"])
    return False


def _free(entry):
    release_entry(entry)
    if entry.offered_until is None:
        fall_back(entry)
    board_changed()
    route_soon()
