"""Monitoring: every open session for admins, those of a team for who leads it (E69), live; an admin may end one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotAnAdmin
from sessions_app.models import SupportSession
from sessions_app.queries.monitoring import changed_rows, open_order, open_sessions, order_tag
from sessions_app.queries.room import SESSIONS_SHOWN
from sessions_app.rules.permissions import may_end_any, may_monitor
from sessions_app.rules.streams import monitoring_of
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
    context = {"position": eventlog.position(monitoring_of(request.user))} | _page(request)
    return render(request, "sessions_app/monitoring/monitoring.html", context)


@never_cache
@require_safe
def monitoring_region(request: SignedInRequest) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    return render(request, "sessions_app/monitoring/_open_sessions.html", _page(request))


@never_cache
@require_safe
def monitoring_rows(request: SignedInRequest) -> JsonResponse:
    """Of a page that is shown: the rows of the sessions `keys`; and where it no longer is `order`, what it has now."""
    require(may_monitor(request.user), NotAnAdmin)
    page = open_order(request.user, request.GET.get("open", ""))
    keys = request.GET.get("keys", "").split(",")[:SESSIONS_SHOWN]
    drawn = {"may_end": may_end_any(request.user)}
    rows = {one.key: render_to_string(ROW, {"session": one, **drawn}, request) for one in changed_rows(page, keys)}
    order = order_tag(page)
    if order == request.GET.get("order"):
        return JsonResponse({"rows": rows})
    ways = {"page": page, "labelled": "open-sessions", "list_query": QueryDict()}
    pages = render_to_string("_pages.html", ways, request)
    return JsonResponse({"rows": rows, "order": order, "keys": [one.key for one in page.rows], "pages": pages})


@require_POST
def end_by_admin(request: SignedInRequest, key: str) -> HttpResponse:
    require(may_end_any(request.user), NotAnAdmin)
    end_session(get_object_or_404(SupportSession, key=key), by=request.user)
    return changed(request, "monitoring")


def _page(request: SignedInRequest) -> dict[str, Any]:
    user = request.user
    page = open_sessions(user, request.GET.get("open", ""))
    return {"page": page, "order": order_tag(page), "may_end": may_end_any(user)}
