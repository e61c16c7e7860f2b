"""A customer's answers. Every one is on record, and every permission can be taken back (E36)."""

from django.db import transaction

from sessions_app import events
from sessions_app.actions.activities.activities import grant
from sessions_app.actions.activities.stop import stop_one
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.errors import NotYours, RequestOver
from sessions_app.models import Activity, Consent
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

Answer = Consent.Answer


@session_action(who=PRESENT)
def give_consent(session, activity, *, standing=False, by):
    """Allow what was asked for; `standing` allows the same CSR everything else in this session too (E15).

    Raises SessionHasEnded, NotInSession, NotYours, RequestOver (unanswered, withdrawn or declined meanwhile).
    """
    activity = _answered(activity, by)
    if activity.state in {Activity.State.ALLOWED, Activity.State.RUNNING}:
        return activity
    require(activity.state == Activity.State.REQUESTED, RequestOver)
    _note(session, activity, Answer.ALLOWED, by=by)
    if standing:
        _allow_all(session, activity, by=by)
    grant(session, activity, by=by)
    return activity


@session_action(who=PRESENT)
def decline(session, activity, *, by):
    """Say no. Raises SessionHasEnded, NotInSession, NotYours, RequestOver."""
    activity = _answered(activity, by)
    if activity.stop_reason == Activity.StopReason.DECLINED:
        return activity
    require(activity.state == Activity.State.REQUESTED, RequestOver)
    _note(session, activity, Answer.DECLINED, by=by)
    stop_one(session, activity, Activity.StopReason.DECLINED, by=by)
    return activity


@session_action(who=PRESENT, touch=False)
def answer_call(session, call, *, by):
    """A customer takes part in a voice call: his own press is his consent, and is on record once a call.

    Raises SessionHasEnded, NotInSession, RequestOver (the call is over).
    """
    call = Activity.objects.select_related("owner").get(pk=call.pk)
    require(call.kind == Capability.VOICE and call.is_alive, RequestOver)
    answered = {"customer": by, "activity": call, "answer": Answer.ALLOWED}
    consent, created = Consent.objects.get_or_create(session=session, **answered, defaults={"csr": call.owner})
    if created:
        record(session.stream, events.consent_answered(consent), by=by)
    return call


@session_action(who=PRESENT, touch=False)
def decline_call(session, call, *, by):
    """Say no to a voice call: once a call, and the caller is told. Who changes their mind may still answer.

    A customer's no is on record beside their other answers; a representative's is an event of its own.
    Raises SessionHasEnded, NotInSession, NotYours (their own call), RequestOver (the call is over).
    """
    call = Activity.objects.select_related("owner").get(pk=call.pk)
    require(call.kind == Capability.VOICE and call.is_alive, RequestOver)
    require(call.owner_id != by.pk, NotYours)
    if not call.note_declined(by):
        return call
    if by.is_customer:
        answered = {"customer": by, "csr": call.owner, "activity": call, "answer": Answer.DECLINED}
        record(session.stream, events.consent_answered(Consent.objects.create(session=session, **answered)), by=by)
    else:
        record(session.stream, events.call_declined(call, by), by=by)
    return call


@session_action(who=PRESENT, touch=False)
def withdraw_consent(session, *, by):
    """Take every standing permission back, and stop what runs on the customer's device."""
    for consent in Consent.objects.filter(customer=by, answer=Answer.STANDING, withdrawn_at=None):
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        record(session.stream, events.consent_withdrawn(consent), by=by)
    asked_for = Activity.objects.filter(session=session, owner=by).exclude(requested_by=by).alive()
    for activity in asked_for:
        stop_one(session, activity, Activity.StopReason.CONSENT_WITHDRAWN, by=by)


@transaction.atomic
def leave_unanswered(activity):
    """Nobody answered in time: that is a no (E36)."""
    session = activity.session.locked()
    activity = Activity.objects.select_related("owner").get(pk=activity.pk)
    if session.is_open and activity.state == Activity.State.REQUESTED:
        if activity.owner.is_customer:
            _note(session, activity, Answer.UNANSWERED, by=None)
        stop_one(session, activity, Activity.StopReason.UNANSWERED)


def _answered(activity, by):
    activity = Activity.objects.get(pk=activity.pk)
    require(by.is_customer and activity.owner_id == by.pk, NotYours)
    return activity


def _note(session, activity, answer, *, by):
    consent = Consent.objects.create(
        session=session, customer=activity.owner, csr=activity.requested_by, activity=activity, answer=answer
    )
    record(session.stream, events.consent_answered(consent), by=by)


def _allow_all(session, activity, *, by):
    consent, created = Consent.objects.get_or_create(
        session=session, customer=by, csr=activity.requested_by, answer=Answer.STANDING, withdrawn_at=None
    )
    if created:
        record(session.stream, events.consent_standing(consent), by=by)
