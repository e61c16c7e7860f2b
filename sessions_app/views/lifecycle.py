"""Ending and leaving, letting customers in and removing people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.idle_timeout import keep_open
from sessions_app.actions.lifecycle.join import admit_customer, refuse_customer
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.lifecycle.lobby import switch_lobby
from sessions_app.actions.presence.presence import restore
from sessions_app.models import Participant, SupportSession
from sessions_app.views.access import by_kind, csr_required, seat_required
from supportcenter.handling import own_pace
from supportcenter.responses import changed


@require_POST
@csr_required
@own_pace
def end(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    end_session(session, by=me)
    return changed(request, "home")


@require_POST
@csr_required
def keep(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    keep_open(session, by=me)
    return changed(request, me)


@require_POST
@csr_required
def restore_session(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """From the home page, into whichever tab it is open in."""
    restore(session, by=me)
    return changed(request, me)


@own_pace
def _leave(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """A customer's page still has something for them: the survey, and what they allowed."""
    leave_session(session, by=me)
    return changed(request, me if me.is_customer else "home")


leave = require_POST(by_kind(csr=csr_required(_leave), customer=seat_required(_leave)))


@require_POST
@csr_required
def remove(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    chosen = {choice: bool(request.POST.get(choice)) for choice in ("new_number", "lobby")}
    remove_participant(session, get_object_or_404(session.participants, pk=pk), **chosen, by=me)
    return changed(request, me)


@require_POST
@csr_required
def lobby(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    switch_lobby(session, on=request.POST.get("on") == "yes", by=me)
    return changed(request, me)


@require_POST
@csr_required
def admit(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    admit_customer(session, get_object_or_404(session.participants, pk=pk), by=me)
    return changed(request, me)


@require_POST
@csr_required
def refuse(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    refuse_customer(session, get_object_or_404(session.participants, pk=pk), by=me)
    return changed(request, me)
