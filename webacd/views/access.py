"""The doors of distribution: agents and managers by their account, waiting customers by the cookie of their place."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404

from sessions_app.models.participant import digest
from supportcenter.refusals import require
from webacd.errors import NotAManager, NotAnAgent
from webacd.models import SupportRequest
from webacd.rules.permissions import agent_of, may_watch

PLACE = "place-"


def agent_door(view):
    """Call `view(request, agent)` for a WebACD agent; others are refused."""

    @wraps(view)
    @login_required
    def guarded(request, **more):
        agent = agent_of(request.user)
        require(agent is not None, NotAnAgent)
        return view(request, agent=agent, **more)

    return guarded


def manager_door(view):
    @wraps(view)
    @login_required
    def guarded(request, **more):
        require(may_watch(request.user), NotAManager)
        return view(request, **more)

    return guarded


def waiting_door(view):
    """Call `view(request, waiting)` for the customer whose place this browser holds."""

    @wraps(view)
    def guarded(request, key, **more):
        waiting = request_with_place(key, request.COOKIES.get(place_cookie(key)))
        if waiting is None:
            raise Http404
        return view(request, waiting=waiting, **more)

    return guarded


def request_with_place(key, secret):
    if not secret:
        return None
    return (
        SupportRequest.objects.filter(key=key, seat_hash=digest(secret))
        .select_related("session", "queue", "entry_queue")
        .first()
    )


def place_held(request, queue):
    """The place that this browser has in the queue, or had when it was answered; None if it has none."""
    places = [digest(secret) for name, secret in request.COOKIES.items() if name.startswith(PLACE)]
    if not places:
        return None
    mine = SupportRequest.objects.held().filter(Q(queue=queue) | Q(entry_queue=queue), seat_hash__in=places)
    return mine.first()


def give_place(response, request, secret):
    response.set_cookie(
        place_cookie(request.key), secret, max_age=24 * 3600, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
    )
    return response


def place_cookie(key):
    return PLACE + key
