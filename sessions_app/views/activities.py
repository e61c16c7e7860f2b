"""Asking, answering, starting and stopping, at both doors. Who may is the actions' affair."""

from django.http import Http404
from django.views.decorators.http import require_POST

from sessions_app.actions.activities.activities import report_running, request_activity, start_activity, stop_activity
from sessions_app.actions.activities.consent import answer_call, decline, decline_call, give_consent, withdraw_consent
from sessions_app.errors import NoSuchParticipant
from sessions_app.forms import DetailsForm
from sessions_app.views.access import csr_door, customer_door
from supportcenter.accounts.capabilities import Capability
from supportcenter.refusals import require
from supportcenter.responses import changed

CSR_PAGE, CUSTOMER_PAGE = "dashboard", "remote_support"


@require_POST
@csr_door
def request(request, session, me):
    """Ask the current customer, or the one named, for something of his."""
    customers = session.participants.customers().present()
    wanted = request.POST.get("customer") or session.current_customer_id
    customer = customers.filter(pk=wanted).first() if str(wanted).isdecimal() else None
    require(customer is not None, NoSuchParticipant)
    activity = request_activity(session, _kind(request), customer, by=me)
    return _told(request, CSR_PAGE, session, activity)


@require_POST
@csr_door
def csr_start(request, session, me):
    return _start(request, CSR_PAGE, session, me)


@require_POST
@customer_door
def customer_start(request, session, me):
    return _start(request, CUSTOMER_PAGE, session, me)


@require_POST
@csr_door
def csr_running(request, session, me, pk):
    return _running(request, CSR_PAGE, session, me, pk)


@require_POST
@customer_door
def customer_running(request, session, me, pk):
    return _running(request, CUSTOMER_PAGE, session, me, pk)


@require_POST
@csr_door
def csr_stop(request, session, me, pk):
    return _stop(request, CSR_PAGE, session, me, pk)


@require_POST
@customer_door
def customer_stop(request, session, me, pk):
    return _stop(request, CUSTOMER_PAGE, session, me, pk)


@require_POST
@customer_door
def allow(request, session, me, pk):
    activity = give_consent(session, _activity(session, pk), standing=bool(request.POST.get("standing")), by=me)
    return _told(request, CUSTOMER_PAGE, session, activity)


@require_POST
@customer_door
def answer(request, session, me, pk):
    return _told(request, CUSTOMER_PAGE, session, answer_call(session, _activity(session, pk), by=me))


@require_POST
@csr_door
def csr_decline_call(request, session, me, pk):
    return _told(request, CSR_PAGE, session, decline_call(session, _activity(session, pk), by=me))


@require_POST
@customer_door
def customer_decline_call(request, session, me, pk):
    return _told(request, CUSTOMER_PAGE, session, decline_call(session, _activity(session, pk), by=me))


@require_POST
@customer_door
def refuse(request, session, me, pk):
    return _told(request, CUSTOMER_PAGE, session, decline(session, _activity(session, pk), by=me))


@require_POST
@customer_door
def withdraw(request, session, me):
    withdraw_consent(session, by=me)
    return changed(request, CUSTOMER_PAGE, session.key)


def _start(request, page, session, me):
    activity = start_activity(session, _kind(request), details=_details(request), by=me)
    return _told(request, page, session, activity)


def _running(request, page, session, me, pk):
    activity = report_running(session, _activity(session, pk), details=_details(request), by=me)
    return _told(request, page, session, activity)


def _stop(request, page, session, me, pk):
    failure = _details(request).get("failure", "")
    activity = stop_activity(session, _activity(session, pk), failure=failure, by=me)
    return _told(request, page, session, activity)


def _told(request, page, session, activity):
    return changed(request, page, session.key, activity=activity.pk, state=activity.state)


def _activity(session, pk):
    activity = session.activities.filter(pk=pk).first()
    if activity is None:
        raise Http404
    return activity


def _kind(request):
    kind = request.POST.get("kind")
    if kind not in Capability.values:
        raise Http404
    return Capability(kind)


def _details(request):
    form = DetailsForm(request.POST)
    form.full_clean()
    return {name: value for name, value in form.cleaned_data.items() if value}
