"""What customers answer. Each answer is on record, and each permission can be withdrawn (E36)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.actions.activities.activities import grant
from sessions_app.actions.activities.stop import stop_one
from sessions_app.actions.locking import PRESENT, session_action
from sessions_app.errors import MessageRefused, NotYours, RequestOver
from sessions_app.models import Activity, Consent, Participant, SupportSession
from supportcenter.accounts.capabilities import Capability
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.text.invisible import without_controls, without_marks

Answer = Consent.Answer


@session_action(who=PRESENT)
def give_consent(session: SupportSession, activity: Activity, *, standing: bool = False, by: Participant) -> Activity:
    """Allow what was asked for; `standing` allows the same CSR everything else in this session too (E15).

    Raises SessionHasEnded, NotInSession, NotYours, RequestOver (unanswered, withdrawn or declined in the meantime).
    """
    activity = _asked_of(by, activity)
    if activity.state in {Activity.State.ALLOWED, Activity.State.RUNNING}:
        return activity
    require(activity.state == Activity.State.REQUESTED, RequestOver)
    _note(session, activity, Answer.ALLOWED, by=by)
    if standing:
        _allow_all(session, activity, by=by)
    grant(session, activity, by=by)
    return activity


@session_action(who=PRESENT)
def decline(session: SupportSession, activity: Activity, *, reason: str = "", by: Participant) -> Activity:
    """Decline what was asked for; representatives read the `reason`, if there is one. Declining twice changes nothing.

    Raises SessionHasEnded, NotInSession, NotYours, RequestOver, MessageRefused (the reason is too long).
    """
    reason = without_controls(without_marks(" ".join(reason.split())))
    require(len(reason) <= Consent.LONGEST_REASON, MessageRefused, message=_("Please give a shorter reason."))
    activity = _asked_of(by, activity)
    if activity.stop_reason == Activity.StopReason.DECLINED:
        return activity
    require(activity.state == Activity.State.REQUESTED, RequestOver)
    consent = _note(session, activity, Answer.DECLINED, reason=reason, by=by)
    if reason:
        record(session.stream, events.consent_explained(consent), by=by)
    stop_one(session, activity, Activity.StopReason.DECLINED, by=by)
    return activity


@session_action(who=PRESENT, touch=False)
def answer_call(session: SupportSession, call: Activity, *, by: Participant) -> Activity:
    """Take part in a voice call as a customer: answering is the consent, and is on record once a call.

    Raises SessionHasEnded, NotInSession, RequestOver (the call is over).
    """
    call = _running_call(call)
    consent, created = Consent.objects.get_or_create(
        session=session, customer=by, activity=call, answer=Answer.ALLOWED, defaults={"csr": call.owner}
    )
    if created:
        record(session.stream, events.consent_answered(consent), by=by)
    return call


@session_action(who=PRESENT, touch=False)
def decline_call(session: SupportSession, call: Activity, *, by: Participant) -> Activity:
    """Decline a voice call; the caller is told, once a call. One may still answer it afterwards.

    A customer's answer is on record with their other answers; a representative's is an event of its own.

    Raises SessionHasEnded, NotInSession, NotYours (their own call), RequestOver (the call is over).
    """
    call = _running_call(call)
    require(call.owner_id != by.pk, NotYours)
    if not call.note_declined(by):
        return call
    if by.is_customer:
        consent = Consent.objects.create(
            session=session, customer=by, csr=call.owner, activity=call, answer=Answer.DECLINED
        )
        record(session.stream, events.consent_answered(consent), by=by)
    else:
        record(session.stream, events.call_declined(call, by), by=by)
    return call


@session_action(who=PRESENT, touch=False)
def withdraw_consent(session: SupportSession, *, by: Participant) -> None:
    """Withdraw every standing permission, and stop what runs on the customer's device at a CSR's request.

    Raises SessionHasEnded, NotInSession.
    """
    for consent in Consent.objects.standing().filter(customer=by):
        consent.mark_withdrawn()
        record(session.stream, events.consent_withdrawn(consent), by=by)
    asked_for = Activity.objects.filter(session=session, owner=by).exclude(requested_by=by).alive()
    for activity in asked_for:
        stop_one(session, activity, Activity.StopReason.CONSENT_WITHDRAWN, by=by)


@transaction.atomic
def leave_unanswered(activity: Activity) -> None:
    """Stop a request that was not answered in time; silence means no (E36)."""
    session = activity.session.locked()
    activity = Activity.objects.select_related("owner").get(pk=activity.pk)
    if session.is_open and activity.state == Activity.State.REQUESTED:
        if activity.owner.is_customer:
            _note(session, activity, Answer.UNANSWERED, by=None)
        stop_one(session, activity, Activity.StopReason.UNANSWERED)


def _asked_of(by: Participant, activity: Activity) -> Activity:
    activity = Activity.objects.get(pk=activity.pk)
    require(by.is_customer and activity.owner_id == by.pk, NotYours)
    return activity


def _running_call(call: Activity) -> Activity:
    call = Activity.objects.select_related("owner").get(pk=call.pk)
    require(call.kind == Capability.VOICE and call.is_alive, RequestOver)
    return call


def _note(
    session: SupportSession, activity: Activity, answer: Consent.Answer, *, reason: str = "", by: Participant | None
) -> Consent:
    consent = Consent.objects.create(
        session=session,
        customer=activity.owner,
        csr=activity.requested_by,
        activity=activity,
        answer=answer,
        reason=reason,
    )
    record(session.stream, events.consent_answered(consent), by=by)
    return consent


def _allow_all(session: SupportSession, activity: Activity, *, by: Participant) -> None:
    consent, created = Consent.objects.get_or_create(
        session=session, customer=by, csr=activity.requested_by, answer=Answer.STANDING, withdrawn_at=None
    )
    if created:
        record(session.stream, events.consent_standing(consent), by=by)
