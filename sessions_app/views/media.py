"""Where a page's browser finds the relay; only those who have been let in are told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.errors import SessionHasEnded
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.ice import IceSettings, ice_configuration
from sessions_app.views.access import participant_required, presence_required
from supportcenter import clock
from supportcenter.refusals import require


@never_cache
@require_safe
@participant_required
@presence_required
def ice(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    require(session.is_open, SessionHasEnded)
    chosen = IceSettings(
        settings.STUN_URLS, settings.TURN_URLS, settings.TURN_SECRET, settings.TURN_TTL, settings.MEDIA_RELAY_ONLY
    )
    return JsonResponse(ice_configuration(me.event_key, now=clock.now(), settings=chosen))
