"""Who controls the session, and which customer is being helped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from sessions_app.actions.control.ask_back import ask_back
from sessions_app.actions.control.ask_to_assist import ask_to_assist
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.control.take_over import take_over_session
from sessions_app.actions.control.transfer_control import return_control, transfer_control
from sessions_app.errors import NotAManager
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.permissions import may_take_over
from sessions_app.views.access import csr_required
from supportcenter.accounts.models import User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.refusals import require
from supportcenter.responses import changed


@require_POST
@csr_required
def switch(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    switch_customer(session, get_object_or_404(session.participants, pk=pk), by=me)
    return changed(request, me)


@require_POST
@csr_required
def transfer(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    transfer_control(session, get_object_or_404(session.participants, pk=pk), by=me)
    return changed(request, me)


@require_POST
@csr_required
def give_back(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    return_control(session, by=me)
    return changed(request, me)


@require_POST
@csr_required
def ask_for_control(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    ask_back(session, by=me)
    return changed(request, me)


@require_POST
@csr_required
def ask_colleague(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    ask_to_assist(session, get_object_or_404(User, pk=pk, csr_privileges__isnull=False), by=me)
    return changed(request, me)


@require_POST
def take_over(request: SignedInRequest, key: str) -> HttpResponse:
    """From a manager's home, into the session's console."""
    require(request.user.is_authenticated and may_take_over(request.user), NotAManager)
    taker = take_over_session(get_object_or_404(SupportSession, key=key), by=request.user)
    return changed(request, taker, session=key)
