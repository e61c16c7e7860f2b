"""The WebACD inbox: status, offers, messages, sessions in transfer."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.models import SupportSession
from sessions_app.queries.person import told_to
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals.found import found
from supportcenter.regions import answer_regions
from supportcenter.responses import changed
from supportcenter.text.whole_numbers import whole_number
from webacd.actions.agents import agents
from webacd.actions.entering import messages
from webacd.actions.offering.accept import accept, pick
from webacd.actions.offering.offers import decline
from webacd.actions.transfer import in_transfer
from webacd.errors import NotOffered, RequestUnknown
from webacd.models import Agent, AwayReason, LeftMessage, Offer, SupportRequest
from webacd.queries.help_requests import is_asked, questions_to
from webacd.queries.inbox import agent_status, messages_for, offers_shown, transfers_of
from webacd.queries.queue_entries import pickable_by_queue
from webacd.rules.permissions import is_agent, may_watch, require_agent
from webacd.views.access import agent_required

# By name, what a region of the page is drawn with.
Regions = dict[str, Callable[[Agent], dict[str, Any]]]

REGIONS: Regions = {
    "status": agent_status,
    "offers": offers_shown,
    "help": lambda agent: {"questions": questions_to(agent)},
    "waiting": lambda agent: {"waiting_by_queue": pickable_by_queue(agent)},
    "messages": lambda agent: {"left_messages": messages_for(agent)},
    "transfers": lambda agent: {"transfers": transfers_of(agent.user)},
}
# What agents have on every other page: their status in its bar, offers, who asks for help, and why they are Away.
EVERYWHERE: Regions = {
    "console": lambda agent: _console(agent),
    "away": lambda agent: {"agent": agent},
    "bar": agent_status,
}


@never_cache
@require_safe
@agent_required
def inbox(request: SignedInRequest, agent: Agent) -> HttpResponse:
    context = told_to(request.user) | {"may_watch": may_watch(request.user)}
    for read in REGIONS.values():
        context |= read(agent)
    return render(request, "webacd/inbox/inbox.html", context)


@never_cache
@require_safe
@login_required
def open_inbox(request: SignedInRequest) -> HttpResponse:
    """A shortcut of the installed site, which is the same for all who install it: who is no agent comes Home."""
    return redirect("inbox" if is_agent(request.user) else "home")


@never_cache
@require_safe
@agent_required
def inbox_region(request: HttpRequest, agent: Agent, region: str) -> HttpResponse:
    return HttpResponse(_draw(request, agent, region))


@never_cache
@require_safe
@agent_required
def inbox_regions(request: HttpRequest, agent: Agent) -> HttpResponseBase:
    return answer_regions(request, lambda region: _draw(request, agent, region))


def _console(agent: Agent) -> dict[str, Any]:
    # The position is read first: what happens after it is told to the page.
    told = told_to(agent.user, is_asked=is_asked())
    questions = questions_to(agent) if told["is_asked"] else []
    return told | agent_status(agent) | offers_shown(agent) | {"questions": questions}


def _draw(request: HttpRequest, agent: Agent, region: str) -> str:
    regions = REGIONS | EVERYWHERE
    if region not in regions:
        raise Http404
    return render_to_string(f"webacd/inbox/_{region}.html", regions[region](agent), request)


@require_POST
@agent_required
def set_status(request: SignedInRequest, agent: Agent) -> HttpResponse:
    """`status` is one of the three, or `away-<reason>`."""
    status, _, chosen = request.POST.get("status", "").partition("-")
    if status not in Agent.Status.values:
        raise Http404
    reason = AwayReason.objects.filter(pk=whole_number(chosen)).first()
    agents.set_status(agent, status, reason=reason, by=request.user)
    return changed(request, "inbox")


@require_POST
@agent_required
def wrap_up(request: SignedInRequest, agent: Agent) -> HttpResponse:
    change = agents.extend_wrap_up if request.POST.get("more") else agents.end_wrap_up
    change(agent, by=request.user)
    return changed(request, "inbox")


@require_POST
@agent_required
def accept_offer(request: SignedInRequest, agent: Agent, pk: int) -> HttpResponse:
    return _open(request, accept(_offer(agent, pk), by=request.user))


@require_POST
@agent_required
def decline_offer(request: SignedInRequest, agent: Agent, pk: int) -> HttpResponse:
    decline(_offer(agent, pk), by=request.user)
    return changed(request, "inbox")


@require_POST
def pick_request(request: SignedInRequest, pk: int) -> HttpResponse:
    require_agent(request.user)
    return _open(request, pick(_request(pk), by=request.user))


@require_POST
@agent_required
def take_back(request: SignedInRequest, agent: Agent, pk: int) -> HttpResponse:
    return _open(request, in_transfer.take_back(_request(pk), by=request.user))


@require_POST
@agent_required
def answer_message(request: SignedInRequest, agent: Agent, pk: int) -> HttpResponse:
    message = get_object_or_404(LeftMessage, pk=pk)
    session = messages.answer_message(message, by=request.user)
    return _open(request, session, f"#invite={quote(message.email)}")


def _open(request: HttpRequest, session: SupportSession, fragment: str = "") -> HttpResponse:
    """The session opens in the agent's console."""
    return changed(request, reverse("dashboard", args=[session.key]) + fragment, session=session.key)


def _offer(agent: Agent, pk: int) -> Offer:
    return found(Offer.objects.filter(pk=pk, agent=agent).first(), NotOffered)


def _request(pk: int) -> SupportRequest:
    return found(SupportRequest.objects.filter(pk=pk).select_related("session").first(), RequestUnknown)
