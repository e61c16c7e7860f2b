"""The page of a customer who waits in a queue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.models import SupportSession
from sessions_app.rules.seats import SEAT, customer_with_seat
from supportcenter.live.log import eventlog
from webacd.actions.entering.waiting import abandon
from webacd.models import SupportRequest
from webacd.queries.waiting import told_by, waiting_status
from webacd.rules.places import PLACE
from webacd.views.access import place_required


@never_cache
@require_safe
@place_required
def waiting(request: HttpRequest, waiting: SupportRequest) -> HttpResponse:
    position = eventlog.position(waiting.stream)
    waiting.refresh_from_db()
    if waiting.outcome == SupportRequest.Outcome.ANSWERED and waiting.session:
        return _into_session(request, waiting, waiting.session)
    if not waiting.is_waiting:
        return render(request, "webacd/waiting/over.html", {"waiting": waiting, "queue": waiting.queue})
    more = {"told": told_by(waiting), "position_in_log": position}
    return render(request, "webacd/waiting/waiting.html", {**waiting_status(waiting), **more})


@never_cache
@require_safe
@place_required
def waiting_region(request: HttpRequest, waiting: SupportRequest) -> HttpResponse:
    return render(request, "webacd/waiting/_status.html", waiting_status(waiting))


@require_POST
@place_required
def leave_queue(request: HttpRequest, waiting: SupportRequest) -> HttpResponse:
    abandon(waiting)
    return redirect("waiting", waiting.key)


def _into_session(request: HttpRequest, waiting: SupportRequest, session: SupportSession) -> HttpResponse:
    """The agent who accepted has seated the customer: the secret of the place is that of the seat."""
    key, secret = session.key, PLACE.secret(request, waiting.key)
    response = redirect("remote_support", key)
    # Unless an invitation has given them another seat since.
    return SEAT.give(response, key, secret) if customer_with_seat(key, secret) else response
