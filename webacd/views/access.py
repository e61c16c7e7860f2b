"""Who gets to a view: agents and managers come by their account, waiting customers by the cookie of their place."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from supportcenter.refusals import require
from supportcenter.responses import View
from webacd.errors import NotAManager
from webacd.rules.permissions import may_read_figures, may_watch, require_agent
from webacd.rules.places import PLACE, request_with_place


def agent_required(view: View) -> View:
    """Call `view(request, agent)` for a WebACD agent; others are refused."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, **more: Any) -> HttpResponseBase:
        return view(request, agent=require_agent(request.user), **more)

    return guarded


def manager_required(view: View) -> View:
    """Call `view(request)` for those who manage the site's queues, or some; others are refused."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, **more: Any) -> HttpResponseBase:
        require(may_watch(request.user), NotAManager)
        return view(request, **more)

    return guarded


def figures_required(view: View) -> View:
    """Call `view(request)` for those who read figures of queues or of agents; others are refused."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, **more: Any) -> HttpResponseBase:
        require(may_read_figures(request.user), NotAManager)
        return view(request, **more)

    return guarded


def place_required(view: View) -> View:
    """Call `view(request, waiting)` for the customer whose place this browser holds."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str, **more: Any) -> HttpResponseBase:
        waiting = request_with_place(key, PLACE.secret(request, key))
        if waiting is None:
            raise Http404
        return view(request, waiting=waiting, **more)

    return guarded
