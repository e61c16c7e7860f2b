"""Asking, allowing, starting and stopping. Who may do it, actions decide."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from sessions_app.actions.activities import consent
from sessions_app.actions.activities.activities import (
    report_running,
    request_activity,
    start_activity,
    stop_activity,
    stop_everything,
)
from sessions_app.errors import NoSuchParticipant
from sessions_app.forms.activities import DetailsForm
from sessions_app.models import Activity, Participant, SupportSession
from sessions_app.views.access import csr_required, customer_required, participant_required
from supportcenter.accounts.capabilities import Capability
from supportcenter.refusals.found import found
from supportcenter.responses import changed
from supportcenter.text.whole_numbers import whole_number


@require_POST
@csr_required
def ask(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """Ask the current customer, or the one named, to share or allow something."""
    customer = found(customer_named(request, session, default=session.current_customer_id), NoSuchParticipant)
    return _changed(request, me, request_activity(session, _kind(request), customer, by=me))


@require_POST
@participant_required
def start(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    return _changed(request, me, start_activity(session, _kind(request), details=_details(request), by=me))


@require_POST
@participant_required
def running(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    activity = get_object_or_404(session.activities, pk=pk)
    return _changed(request, me, report_running(session, activity, details=_details(request), by=me))


@require_POST
@participant_required
def stop(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    activity, failure = get_object_or_404(session.activities, pk=pk), _details(request).get("failure", "")
    return _changed(request, me, stop_activity(session, activity, failure=failure, by=me))


@require_POST
@csr_required
def stop_all(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    stop_everything(session, by=me)
    return changed(request, me)


@require_POST
@participant_required
def decline_call(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    return _changed(request, me, consent.decline_call(session, get_object_or_404(session.activities, pk=pk), by=me))


@require_POST
@customer_required
def answer_call(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    return _changed(request, me, consent.answer_call(session, get_object_or_404(session.activities, pk=pk), by=me))


@require_POST
@customer_required
def allow(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    activity, standing = get_object_or_404(session.activities, pk=pk), bool(request.POST.get("standing"))
    return _changed(request, me, consent.give_consent(session, activity, standing=standing, by=me))


@require_POST
@customer_required
def refuse(request: HttpRequest, session: SupportSession, me: Participant, pk: int) -> HttpResponse:
    activity, reason = get_object_or_404(session.activities, pk=pk), request.POST.get("reason", "")
    return _changed(request, me, consent.decline(session, activity, reason=reason, by=me))


@require_POST
@customer_required
def withdraw(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    consent.withdraw_consent(session, by=me)
    return changed(request, me)


def customer_named(request: HttpRequest, session: SupportSession, default: int | None = None) -> Participant | None:
    """The customer in the session whom the field `customer` names."""
    named = whole_number(str(request.POST.get("customer") or default))
    return session.participants.customers().present().filter(pk=named).first()


def _changed(request: HttpRequest, me: Participant, activity: Activity) -> HttpResponse:
    return changed(request, me, activity=activity.pk, state=activity.state)


def _kind(request: HttpRequest) -> Capability:
    kind = request.POST.get("kind")
    if kind not in Capability.values:
        raise Http404
    return Capability(kind)


def _details(request: HttpRequest) -> dict[str, str]:
    form = DetailsForm(request.POST)
    form.full_clean()
    return {name: value for name, value in form.cleaned_data.items() if value}
