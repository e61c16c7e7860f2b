"""The live dashboard, for managers: today in large numbers, and the state of each queue."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.queries.monitoring import longest_open_sessions
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.live.log import eventlog
from supportcenter.refusals import require
from supportcenter.regions import answer_regions
from webacd.errors import NotAManager
from webacd.events import MONITOR
from webacd.queries.live import Live
from webacd.views.access import manager_required

# The home page of managers has parts here too.
REGIONS = {
    "tiles": "webacd/live/_tiles.html",
    "queues": "webacd/live/_queues.html",
    "home_tiles": "webacd/home/_tiles.html",
    "home_sessions": "sessions_app/home/_live_sessions.html",
}


@never_cache
@require_safe
@manager_required
def live(request: SignedInRequest) -> HttpResponse:
    position = eventlog.position(MONITOR)
    return render(request, "webacd/live/live.html", {"position": position, "live": Live(request.user)})


@never_cache
@require_safe
@manager_required
def live_region(request: SignedInRequest, region: str) -> HttpResponse:
    return HttpResponse(_draw(request, region, Live(request.user)))


@never_cache
@require_safe
@manager_required
def live_regions(request: SignedInRequest) -> HttpResponseBase:
    now = Live(request.user)
    return answer_regions(request, lambda region: _draw(request, region, now))


def _draw(request: SignedInRequest, region: str, now: Live) -> str:
    if region not in REGIONS:
        raise Http404
    context: dict[str, Any] = {"live": now}
    if region == "home_sessions":
        # Those who look after a queue and nothing else may not read every record.
        require(request.user.is_manager, NotAManager)
        context["sessions"] = longest_open_sessions()
    return render_to_string(REGIONS[region], context, request)
