from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions_app.queries.room import running_sessions
from sessions_app.rules.permissions import may_monitor, may_read_reports
from supportcenter.accounts.models import User
from webacd.queries.queues import open_queues
from webacd.rules.permissions import may_watch


@dataclass(frozen=True)
class Overview:
    """Which pages of oversight a person is shown the way to; those pages check again."""

    queues: bool
    sessions: bool
    reports: bool
    administration: bool

    @classmethod
    def of(cls, user: User) -> "Overview":
        return cls(
            queues=may_watch(user),
            sessions=may_monitor(user),
            reports=user.is_manager and may_read_reports(user),
            administration=user.is_active and user.is_staff,
        )

    def __bool__(self) -> bool:
        return self.queues or self.sessions or self.reports or self.administration


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page: customers join, CSRs start a session or return to one, managers find their reports."""
    user = request.user
    if not user.is_authenticated:
        return _join(request)
    overview = Overview.of(user)
    if not (user.is_csr or overview):
        return _join(request)
    running = running_sessions(user) if user.is_csr else []
    return render(request, "supportcenter/home.html", {"running": running, "overview": overview})


def _join(request: HttpRequest) -> HttpResponse:
    return render(request, "supportcenter/home.html", {"queues": open_queues()})
