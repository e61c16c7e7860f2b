"""The monitor, for managers: queues, agents and who waits, and what managers do about them."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from supportcenter.accounts.requests import SignedInRequest
from supportcenter.live.log import eventlog
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from supportcenter.regions import answer_regions
from supportcenter.responses import changed, wants_json
from supportcenter.text.whole_numbers import whole_number
from webacd.actions.agents.agents import set_status
from webacd.actions.monitoring import supervisor
from webacd.errors import AgentUnknown, RequestOver, RequestUnknown
from webacd.events import MONITOR
from webacd.models import Agent, RoutingDecision, SupportRequest
from webacd.queries.board import Board
from webacd.queries.queue_entries import page_of_queue, targets_of, waiting_by_queue
from webacd.queries.queues import managed_queues, queue_named
from webacd.rules.permissions import agent_of
from webacd.views.access import manager_required

DECISIONS_SHOWN = 50

REGIONS: dict[str, Callable[[Board], dict[str, Any]]] = {
    "queues": lambda board: {"queue_rows": board.queue_rows()},
    "agents": lambda board: {"agent_rows": board.agent_rows()},
    "waiting": lambda board: {"waiting_by_queue": waiting_by_queue(board.managed)},
}


@never_cache
@require_safe
@manager_required
def monitor(request: SignedInRequest) -> HttpResponse:
    context: dict[str, Any] = {"position": eventlog.position(MONITOR), "may_take": agent_of(request.user) is not None}
    board = _board(request)
    for read in REGIONS.values():
        context |= read(board)
    return render(request, "webacd/monitor/monitor.html", context)


@never_cache
@require_safe
@manager_required
def monitor_region(request: SignedInRequest, region: str) -> HttpResponse:
    return HttpResponse(_draw(request, _board(request), region))


@never_cache
@require_safe
@manager_required
def monitor_regions(request: SignedInRequest) -> HttpResponseBase:
    board = _board(request)
    return answer_regions(request, lambda region: _draw(request, board, region))


def _board(request: SignedInRequest) -> Board:
    return Board(managed_queues(request.user))


def _draw(request: SignedInRequest, board: Board, region: str) -> str:
    if region not in REGIONS:
        raise Http404
    context = REGIONS[region](board)
    context["may_take"] = region == "waiting" and agent_of(request.user) is not None
    return render_to_string(f"webacd/monitor/_{region}.html", context, request)


@never_cache
@require_safe
@manager_required
def monitor_queue(request: SignedInRequest, slug: str) -> HttpResponse:
    """All who wait in one queue, by pages; the monitor has the first ones of each."""
    queue = get_object_or_404(managed_queues(request.user), slug=slug)
    context = page_of_queue(queue, whole_number(request.GET.get("after", "")))
    context["may_take"] = agent_of(request.user) is not None
    return render(request, "webacd/monitor/queue.html", context)


@never_cache
@require_safe
@manager_required
def request_why(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every decision about one request, with its candidates (acd 14)."""
    waiting = get_object_or_404(SupportRequest.objects.filter(queue__in=managed_queues(request.user)), pk=pk)
    made = waiting.decisions.select_related("queue").prefetch_related("offers__agent__user")
    decisions = list(made[:DECISIONS_SHOWN])
    names = _names(decisions)
    told = [(each, [(names.get(one.agent, ""), one) for one in each.considered]) for each in decisions]
    return render(request, "webacd/monitor/why.html", {"waiting": waiting, "decisions": told})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@manager_required
def move_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the other queue, on a page of its own or in the monitor's dialog; then move the customer there."""
    if request.method != "POST":
        return _ask_for_queue(request, pk)
    waiting = found(SupportRequest.objects.filter(pk=pk).first(), RequestUnknown)
    supervisor.move_request(waiting, queue_named(request.POST.get("queue", "")), by=request.user)
    return changed(request, "monitor")


@require_POST
@manager_required
def set_agent_away(request: SignedInRequest, pk: int) -> HttpResponse:
    agent = found(Agent.objects.filter(pk=pk).select_related("user").first(), AgentUnknown)
    set_status(agent, Agent.Status.AWAY, by=request.user)
    return changed(request, "monitor")


def _ask_for_queue(request: SignedInRequest, pk: int) -> HttpResponse:
    waiting = get_object_or_404(SupportRequest.objects.filter(queue__in=managed_queues(request.user)), pk=pk)
    require(waiting.is_waiting, RequestOver)
    page = "_move" if wants_json(request) else "move"
    return render(request, f"webacd/monitor/{page}.html", {"waiting": waiting, "targets": targets_of(waiting)})


def _names(decisions: list[RoutingDecision]) -> dict[int, str]:
    pks = {one.agent for decision in decisions for one in decision.considered}
    return {agent.pk: agent.display_name for agent in Agent.objects.filter(pk__in=pks).select_related("user")}
