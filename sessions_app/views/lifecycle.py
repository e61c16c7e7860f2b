"""Ending and leaving, letting customers in and removing people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.idle_timeout import keep_open
from sessions_app.actions.lifecycle.join import admit_customer, refuse_customer
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.lifecycle.lobby import switch_lobby
from sessions_app.actions.presence.presence import restore
from sessions_app.errors import NotACsr
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.room import customers_of
from sessions_app.views.access import by_kind, csr_required, seat_required
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.handling import own_pace
from supportcenter.refusals import require
from supportcenter.responses import changed


@require_POST
@csr_required
@own_pace
def end(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """What comes after is the session's own page: what it was, its record, and the next customer."""
    end_session(session, by=me)
    return changed(request, me)


@never_cache
@require_safe
def cut_off(request: SignedInRequest) -> HttpResponse:
    """Whom it would cut off if this CSR signed out now: every session ends that they control (E51)."""
    require(request.user.is_authenticated and request.user.is_csr, NotACsr)
    return render(request, "sessions_app/room/_names_cut_off.html", {"customers": customers_of(request.user)})


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
