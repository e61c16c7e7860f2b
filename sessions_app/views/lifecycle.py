"""Ending, leaving, letting in and showing out."""

from django.views.decorators.http import require_POST

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.idle_timeout import keep_open
from sessions_app.actions.lifecycle.join import admit_customer, refuse_customer
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.forms import SurveyForm
from sessions_app.views.access import csr_door, customer_door
from sessions_app.views.control import participant_or_404
from supportcenter.responses import changed


@require_POST
@csr_door
def end(request, session, me):
    end_session(session, by=me)
    return changed(request, "home")


@require_POST
@csr_door
def keep(request, session, me):
    keep_open(session, by=me)
    return changed(request, me)


@require_POST
@csr_door
def leave(request, session, me):
    leave_session(session, by=me)
    return changed(request, "home")


@require_POST
@customer_door
def customer_leave(request, session, me):
    leave_session(session, by=me)
    return changed(request, me)


@require_POST
@csr_door
def remove(request, session, me, pk):
    remove_participant(session, participant_or_404(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_door
def admit(request, session, me, pk):
    admit_customer(session, participant_or_404(session, pk), by=me)
    return changed(request, me)


@require_POST
@csr_door
def refuse(request, session, me, pk):
    refuse_customer(session, participant_or_404(session, pk), by=me)
    return changed(request, me)


@require_POST
@customer_door
def survey(request, session, me):
    form = SurveyForm(request.POST)
    if form.is_valid():
        answer_survey(me, **form.cleaned_data)
    return changed(request, me)
