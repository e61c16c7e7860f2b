"""Monitoring, for admins: every open session, live, and the button that ends one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.errors import NotAnAdmin
from sessions_app.models import SupportSession
from sessions_app.queries.room import open_sessions
from sessions_app.rules.permissions import may_monitor
from sessions_app.rules.streams import MONITORING
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.live.log import eventlog
from supportcenter.refusals import require
from supportcenter.responses import changed


@never_cache
@require_safe
@login_required
def monitoring(request: HttpRequest) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    context = {"position": eventlog.position(MONITORING), "page": open_sessions(request.GET.get("open", ""))}
    return render(request, "sessions_app/monitoring/monitoring.html", context)


@never_cache
@require_safe
def monitoring_region(request: HttpRequest) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    context = {"page": open_sessions(request.GET.get("open", ""))}
    return render(request, "sessions_app/monitoring/_open_sessions.html", context)


@require_POST
def end_by_admin(request: SignedInRequest, key: str) -> HttpResponse:
    require(may_monitor(request.user), NotAnAdmin)
    end_session(get_object_or_404(SupportSession, key=key), by=request.user)
    return changed(request, "monitoring")
