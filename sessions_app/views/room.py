"""A session's pages, the regions they fetch again, and the beacon of a page that goes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.presence.presence import ABILITIES, close_page, equip
from sessions_app.errors import NotInSession
from sessions_app.queries.activities import consent_ledger
from sessions_app.queries.recordings import recordings
from sessions_app.queries.room import room, running_sessions
from sessions_app.rules.seats import csr_with_tab
from sessions_app.rules.streams import STREAM_OF_SESSION
from sessions_app.views.access import csr_door, customer_door, in_session
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.policy import session_mode
from supportcenter.live.log.eventlog import position_of
from supportcenter.refusals import require

CSR_REGIONS = {"roster", "briefing", "session_bar", "tools", "stage", "assistants", "tray", "media_bar"}
CUSTOMER_REGIONS = {"roster", "customer_status", "media_bar"}


@never_cache
@require_safe
@csr_door
def dashboard(request, session, me):
    if not (session.is_open and me.is_present):
        context = {"session": session, "me": me, "customer": False, "recordings": recordings(session)}
        return render(request, "sessions_app/ended.html", context)
    multi = session.mode == session.Mode.MULTI
    others = running_sessions(request.user).exclude(pk=session.pk).annotate(position=position_of(STREAM_OF_SESSION))
    tabs = {
        "tabs": others if multi else [],
        # S37: nobody is offered what would be refused.
        "may_have_more": session_mode(SitePolicy.current(), request.user.privileges).multi,
    }
    return render(request, "sessions_app/dashboard.html", room(session, me) | tabs)


@never_cache
@require_safe
@csr_door
@in_session
def session_tab(request, session, me):
    return render(request, "sessions_app/_session_tab_face.html", {"session": session})


@never_cache
@require_safe
@csr_door
@in_session
def room_fragment(request, session, me):
    """One room and its tab, for a page that is there already (S44)."""
    return render(request, "sessions_app/_room_and_tab.html", room(session, me))


@never_cache
@require_safe
@customer_door
def remote_support(request, session, me):
    if not (session.is_open and me.is_present):
        context = {"session": session, "me": me, "customer": True, "ledger": consent_ledger(me)}
        return render(request, "sessions_app/ended.html", context)
    page = "remote_support" if me.is_admitted else "lobby"
    return render(request, f"sessions_app/{page}.html", room(session, me))


@never_cache
@require_safe
@csr_door
@in_session
def dashboard_region(request, session, me, region):
    return _region(request, session, me, region, CSR_REGIONS)


@never_cache
@require_safe
@customer_door
@in_session
def customer_region(request, session, me, region):
    return _region(request, session, me, region, CUSTOMER_REGIONS)


def _region(request, session, me, region, known):
    if region not in known:
        raise Http404
    return render(request, f"sessions_app/_{region}.html", room(session, me))


@require_POST
@csr_door
def csr_equip(request, session, me):
    return _equip(request, session, me)


@require_POST
@customer_door
def customer_equip(request, session, me):
    return _equip(request, session, me)


def _equip(request, session, me):
    equip(session, can={ability: request.POST.get(ability) == "yes" for ability in ABILITIES}, by=me)
    return HttpResponse(status=204)


@require_POST
def csr_leaving(request, key):
    """The page says so with what it alone knows: it may go because its person has just signed out (E1)."""
    if request.user.is_authenticated:
        return _csr_leaving(request, key=key)
    me = csr_with_tab(key, page=request.POST.get("page", ""), secret=request.POST.get("secret", ""))
    require(me is not None, NotInSession)
    return _leaving(request, me.session, me)


@csr_door
def _csr_leaving(request, session, me):
    return _leaving(request, session, me)


@require_POST
@customer_door
def customer_leaving(request, session, me):
    return _leaving(request, session, me)


def _leaving(request, session, me):
    close_page(session, page=request.POST.get("page", ""), secret=request.POST.get("secret", ""), by=me)
    return HttpResponse(status=204)
