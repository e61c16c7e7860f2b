"""Where a page's browser finds the relay; told only to whoever has been let in."""

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.errors import NotAdmitted, SessionHasEnded
from sessions_app.rules.ice import IceSettings, ice_configuration
from sessions_app.views.access import csr_door, customer_door, in_session
from supportcenter import clock
from supportcenter.refusals import require


@never_cache
@require_safe
@csr_door
@in_session
def csr_ice(request, session, me):
    return _ice(session, me)


@never_cache
@require_safe
@customer_door
@in_session
def customer_ice(request, session, me):
    return _ice(session, me)


def _ice(session, me):
    require(session.is_open, SessionHasEnded)
    require(me.is_admitted, NotAdmitted)
    chosen = IceSettings(
        settings.STUN_URLS, settings.TURN_URLS, settings.TURN_SECRET, settings.TURN_TTL, settings.MEDIA_RELAY_ONLY
    )
    return JsonResponse(ice_configuration(me.event_key, now=clock.now(), settings=chosen))
