"""The connection check: its own page, credentials to try the relay with, and what a participant's page has found."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from limits import RateLimitItemPerMinute

from sessions_app.actions.presence.device import note_device
from sessions_app.errors import CheckIsOver
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.device_check import checked_device
from sessions_app.rules.ice import IceSettings, ice_configuration
from sessions_app.rules.relay_pass import TRY_SECONDS, count_try, holder_of
from sessions_app.rules.remembered import token_of
from sessions_app.views.access import hold_back, presence_required, seat_required
from supportcenter import clock
from supportcenter.accounts.rate_limits import client_key
from supportcenter.handling import own_pace
from supportcenter.refusals.found import found

# Reports of one person in a minute, over all their pages. A page sends fifteen at most (check/device_report.js).
REPORTS = RateLimitItemPerMinute(20)


@never_cache
@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """For everybody, to be sent to a customer beforehand. Representatives can try the relay here, too."""
    holder = request.user if request.user.is_authenticated and request.user.is_csr else None
    return render(request, "sessions_app/check/check.html", {"holder": holder})


# A POST, so that the pass stands in no log.
@never_cache
@require_POST
def check_relay(request: HttpRequest) -> HttpResponse:
    holder = found(holder_of(request.POST.get("pass", "")), CheckIsOver)
    count_try(holder, address=client_key(request))
    chosen = IceSettings([], settings.TURN_URLS, settings.TURN_SECRET, TRY_SECONDS, relay_only=True)
    return JsonResponse(ice_configuration(f"check.{holder}", now=clock.now(), settings=chosen))


# In the lobby, too: who decides whether to let somebody in sees what they come with.
# At a pace of its own: a plug with a loose contact does not take the chat away.
@require_POST
@seat_required
@presence_required
@own_pace
def report_device(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    hold_back(me, REPORTS, "device")
    note_device(session, device=checked_device(request.POST.dict()), token=token_of(request), by=me)
    return HttpResponse(status=204)
