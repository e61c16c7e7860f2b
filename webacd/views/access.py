"""The doors of distribution: agents and managers by their account, waiting customers by the cookie of their place."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from supportcenter.refusals import require
from webacd.errors import NotAManager, NotAnAgent
from webacd.rules.permissions import agent_of, may_watch
from webacd.rules.places import PLACE, request_with_place


def agent_required(view):
    """Call `view(request, agent)` for a WebACD agent; others are refused."""

    @wraps(view)
    @login_required
    def guarded(request, **more):
        agent = agent_of(request.user)
        require(agent is not None, NotAnAgent)
        return view(request, agent=agent, **more)

    return guarded


def manager_required(view):
    @wraps(view)
    @login_required
    def guarded(request, **more):
        require(may_watch(request.user), NotAManager)
        return view(request, **more)

    return guarded


def place_required(view):
    """Call `view(request, waiting)` for the customer whose place this browser holds."""

    @wraps(view)
    def guarded(request, key, **more):
        waiting = request_with_place(key, PLACE.secret(request, key))
        if waiting is None:
            raise Http404
        return view(request, waiting=waiting, **more)

    return guarded
