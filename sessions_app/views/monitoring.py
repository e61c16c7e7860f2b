"""Monitoring, for admins: every open session, live, and the button that ends one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotAnAdmin
from sessions_app.models import SupportSession
from sessions_app.queries.monitoring import changed_rows, open_order, open_sessions, order_tag
from sessions_app.queries.room import SESSIONS_SHOWN
from sessions_app.rules.permissions import may_monitor
from sessions_app.rules.streams import MONITORING
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.audit.opened import note_opened
from supportcenter.live.log import eventlog
from supportcenter.refusals import require
from supportcenter.responses import changed

ROW = "sessions_app/monitoring/_open_session.html"


@never_cache
@require_safe
@login_required
def monitoring(request: SignedInRequest) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    note_opened("monitoring_opened", by=request.user)
    context = {"position": eventlog.position(MONITORING)} | _page(request)
    return render(request, "sessions_app/monitoring/monitoring.html", context)


@never_cache
@require_safe
def monitoring_region(request: HttpRequest) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    return render(request, "sessions_app/monitoring/_open_sessions.html", _page(request))


@never_cache
@require_safe
def monitoring_rows(request: HttpRequest) -> JsonResponse:
    """Of a page that is shown: the rows of the sessions `keys`; and where it no longer is `order`, what it has now."""
    require(may_monitor(request.user), NotAnAdmin)
    page = open_order(request.GET.get("open", ""))
    keys = request.GET.get("keys", "").split(",")[:SESSIONS_SHOWN]
    rows = {one.key: render_to_string(ROW, {"session": one}, request) for one in changed_rows(page, keys)}
    order = order_tag(page)
    if order == request.GET.get("order"):
        return JsonResponse({"rows": rows})
    ways = {"page": page, "labelled": "open-sessions", "list_query": QueryDict()}
    pages = render_to_string("_pages.html", ways, request)
    return JsonResponse({"rows": rows, "order": order, "keys": [one.key for one in page.rows], "pages": pages})


@require_POST
def end_by_admin(request: SignedInRequest, key: str) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    end_session(get_object_or_404(SupportSession, key=key), by=request.user)
    return changed(request, "monitoring")


def _page(request: HttpRequest) -> dict[str, Any]:
    page = open_sessions(request.GET.get("open", ""))
    return {"page": page, "order": order_tag(page)}
