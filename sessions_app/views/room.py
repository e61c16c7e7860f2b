"""A session's pages, the regions they fetch again, and what a page says of itself: what it can do, and that it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.presence.presence import ABILITIES, close_page, equip
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.person import has_a_past
from sessions_app.queries.room import room, running_sessions
from sessions_app.rules.streams import STREAM_OF_SESSION
from sessions_app.views.access import (
    by_kind,
    csr_or_tab_required,
    csr_required,
    participant_required,
    presence_required,
    seat_required,
)
from sessions_app.views.after import page_after
from sessions_app.views.ended import ended_page
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.policy import session_mode
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import own_pace
from supportcenter.live.log.eventlog import position_of
from supportcenter.regions import answer_regions
from supportcenter.slots import filled, is_slot

if TYPE_CHECKING:
    from sessions_app.queries.room import Me

# What each region of a page, by its name in the URL, is drawn with.
CSR_REGIONS = {
    "roster": "sessions_app/room/_roster.html",
    "session_bar": "sessions_app/room/_session_bar.html",
    "tools": "sessions_app/tools/_tools.html",
    "stage": "sessions_app/stage/_stage.html",
    "cut_off": "sessions_app/room/_cut_off.html",
    "assistants": "sessions_app/room/_assistants.html",
    "tray": "sessions_app/tray/_tray.html",
    "media_bar": "sessions_app/media/_chips.html",
    "bar_end": "sessions_app/room/_bar_end.html",
    "asked": "sessions_app/media/_asked.html",
    "door": "sessions_app/room/_door.html",
    "customer": "sessions_app/room/_customer.html",
    "files": "sessions_app/room/_files.html",
    "askable": "sessions_app/colleagues/_askable.html",
    "tray_who": "sessions_app/tray/_who.html",
    "tray_sharing": "sessions_app/tray/_sharing.html",
    "tab": "sessions_app/room/_session_tab_face.html",
}
CUSTOMER_REGIONS = {
    "roster": "sessions_app/room/_roster.html",
    "customer_status": "sessions_app/customer/_status.html",
    "media_bar": "sessions_app/media/_customer_bar.html",
}


@never_cache
@require_safe
@csr_required
def dashboard(request: SignedInRequest, session: SupportSession, me: Me) -> HttpResponse:
    if not (session.is_open and me.is_present):
        return ended_page(request, session, me)
    multi = session.mode == session.Mode.MULTI
    others = running_sessions(request.user).exclude(pk=session.pk).annotate(position=position_of(STREAM_OF_SESSION))
    tabs = {
        "tabs": others if multi else [],
        # S37: nobody is offered what would be refused.
        "may_have_more": session_mode(SitePolicy.current(), request.user.privileges).multi,
        "offers_tour": not has_a_past(request.user),
    }
    return render(request, "sessions_app/room/dashboard.html", room(session, me) | tabs)


@never_cache
@require_safe
@csr_required
@presence_required
def room_fragment(request: HttpRequest, session: SupportSession, me: Me) -> HttpResponse:
    """One room and its tab, for a page that is there already (S44)."""
    return render(request, "sessions_app/room/_room_and_tab.html", room(session, me))


@never_cache
@require_safe
@seat_required
def remote_support(request: HttpRequest, session: SupportSession, me: Me) -> HttpResponse:
    if not (session.is_open and me.is_present):
        return page_after(request, session, me)
    page = "sessions_app/customer/remote_support.html" if me.is_admitted else "sessions_app/customer/lobby.html"
    return render(request, page, room(session, me))


@never_cache
@require_safe
@participant_required
@presence_required
def region(request: HttpRequest, session: SupportSession, me: Me, region: str) -> HttpResponse:
    return HttpResponse(_draw(request, region, room(session, me)))


@never_cache
@require_safe
@participant_required
@presence_required
def regions(request: HttpRequest, session: SupportSession, me: Me) -> HttpResponseBase:
    """All regions that an event touches, from one reading of the room."""
    context = room(session, me)
    return answer_regions(request, lambda region: _draw(request, region, context))


def _draw(request: HttpRequest, region: str, context: dict[str, Any]) -> str:
    """One of this app's regions or, for staff, one that an app above fills: slot `region_…` of its name."""
    regions, slot = (CUSTOMER_REGIONS, "") if context["me"].is_customer else (CSR_REGIONS, f"region_{region}")
    if region in regions:
        return render_to_string(regions[region], context, request)
    if not is_slot(slot):
        raise Http404
    return "".join(render_to_string(part, context | names, request) for part, names in filled(slot, context))


@require_POST
@participant_required
def report_abilities(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    equip(session, can={ability: request.POST.get(ability) == "yes" for ability in ABILITIES}, by=me)
    return HttpResponse(status=204)


@own_pace
def _close(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    close_page(session, page=request.POST.get("page", ""), secret=request.POST.get("secret", ""), by=me)
    return HttpResponse(status=204)


# The beacon of a page that goes.
leaving = require_POST(by_kind(csr=csr_or_tab_required(_close), customer=seat_required(_close)))
