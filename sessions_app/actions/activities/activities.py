"""Start activities and end them. Anything that uses a customer's device asks the customer first (E36)."""

from datetime import timedelta
from typing import Any

from sessions_app import events
from sessions_app.actions.activities.stop import stop_activities, stop_one
from sessions_app.actions.locking import ANYONE, PRESENT, PRIMARY, session_action
from sessions_app.actions.recordings.recordings import announce_recording, is_required, was_announced
from sessions_app.errors import (
    ActivityOver,
    AskedTooOften,
    BeyondCircle,
    CannotShareScreen,
    CapabilityOff,
    NoSuchParticipant,
    NotAnnouncedYet,
    NotInControl,
    NotYours,
    RecordingIsRequired,
    RequestPending,
)
from sessions_app.models import Activity, Consent, Participant, SupportSession
from sessions_app.rules.media_audience import is_in_circle
from sessions_app.rules.permissions import may_start_activity, may_stop_activity, may_use
from supportcenter import clock
from supportcenter.accounts.capabilities import ONE_A_SESSION, SHARING, VIEWING, Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require
from supportcenter.refusals.found import found


@session_action(who=PRESENT)
def start_activity(
    session: SupportSession, kind: str, *, details: dict[str, Any] | None = None, by: Participant
) -> Activity:
    """Start an activity that needs no consent: one's own screen or camera, the call, the recording.

    Starting what already runs changes nothing. A recording is announced first, and runs once its page reports so.

    Raises SessionHasEnded, NotInSession, NotInControl, CapabilityOff.
    """
    require(may_start_activity(by, session, kind), NotInControl)
    require(may_use(session, kind), CapabilityOff)
    same = Activity.objects.filter(session=session, kind=kind).running()
    running = (same if kind in ONE_A_SESSION else same.filter(owner=by)).first()
    if running:
        return running
    _clear_stage(session, kind, by)
    activity = Activity.objects.create(
        session=session, kind=kind, owner=by, requested_by=by, state=Activity.State.ALLOWED
    )
    if kind == Capability.RECORDING:
        return announce_recording(session, activity, by)
    return _run(session, activity, details or {}, by)


@session_action(who=PRESENT + PRIMARY)
def request_activity(session: SupportSession, kind: str, customer: Participant, *, by: Participant) -> Activity:
    """Ask a customer to share something: they have ⟨60 s⟩ to allow or decline it (E36).

    A standing permission for this CSR answers at once.

    Raises SessionHasEnded, NotInSession, NotInControl, CapabilityOff, NoSuchParticipant, BeyondCircle,
    CannotShareScreen, RequestPending, AskedTooOften.
    """
    require(may_use(session, kind), CapabilityOff)
    customers = session.participants.customers().present().admitted()
    customer = found(customers.filter(pk=customer.pk).first(), NoSuchParticipant)
    require(kind == Capability.FILES or is_in_circle(customer, session), BeyondCircle)
    require(kind not in VIEWING or customer.can.get("screen", True), CannotShareScreen)
    policy = SitePolicy.current()
    _limit_asking(session, kind, customer, policy)
    activity = Activity.objects.create(
        session=session, kind=kind, owner=customer, requested_by=by, state=Activity.State.REQUESTED
    )
    record(session.stream, events.activity_requested(activity, activity.answer_until), by=by)
    if Consent.objects.standing().filter(customer=customer, csr=by).exists():
        grant(session, activity, by=customer)
    else:
        run_later("sessions.request_unanswered", due=activity.answer_until, activity=activity.pk)
    return activity


def grant(session: SupportSession, activity: Activity, *, by: Participant) -> None:
    """Allow a requested activity of the locked session: its owner's browser may now deliver."""
    _clear_stage(session, activity.kind, by)
    activity.mark_allowed()
    record(session.stream, events.activity_allowed(activity), by=by)


@session_action(who=PRESENT)
def report_running(
    session: SupportSession, activity: Activity, *, details: dict[str, Any], by: Participant
) -> Activity:
    """Note that the owner's browser delivers; `details` say what is really shared, which may not be what was asked for.

    After a reload the owner may have chosen something else, so other details are an event of their own.

    Raises SessionHasEnded, NotInSession, NotYours, NotAnnouncedYet, ActivityOver.
    """
    activity = Activity.objects.get(pk=activity.pk)
    require(activity.owner_id == by.pk, NotYours)
    if activity.kind == Capability.RECORDING:
        require(was_announced(activity), NotAnnouncedYet)
        details = activity.details
    if activity.state == Activity.State.RUNNING and details == activity.details:
        return activity
    require(activity.state in {Activity.State.ALLOWED, Activity.State.RUNNING}, ActivityOver)
    return _run(session, activity, details, by)


@session_action(who=ANYONE)
def stop_activity(session: SupportSession, activity: Activity, *, failure: str = "", by: Participant) -> Activity:
    """End an activity or withdraw a request, as its owner or the primary. Stopping twice changes nothing.

    `failure` names the reason why the owner's browser could not deliver, so that the other side learns what to do.

    Raises SessionHasEnded, NotYours, RecordingIsRequired.
    """
    activity = Activity.objects.select_related("owner").get(pk=activity.pk)
    require(may_stop_activity(by, session, activity), NotYours)
    if activity.is_alive:
        failed = bool(failure) and activity.owner_id == by.pk
        require(failed or not is_required(activity), RecordingIsRequired)
        reason = Activity.StopReason.FAILED if failed else Activity.StopReason.STOPPED
        if failed:
            activity.note_failure(failure)
        stop_one(session, activity, reason, by=by)
    return activity


@session_action(who=PRESENT + PRIMARY)
def stop_everything(session: SupportSession, *, by: Participant) -> None:
    """End all that runs or is asked for, in one press and the usual order; a recording that the site requires goes on.

    Raises SessionHasEnded, NotInSession, NotInControl.
    """
    kept = {Capability.RECORDING} if SitePolicy.current().records_always else set()
    stop_activities(session, Activity.StopReason.STOPPED, by=by, kinds=set(Capability) - kept)


def _run(session: SupportSession, activity: Activity, details: dict[str, Any], by: Participant) -> Activity:
    activity.mark_running(details)
    record(session.stream, events.activity_started(activity), by=by)
    return activity


def _clear_stage(session: SupportSession, kind: str, by: Participant) -> None:
    """Stop what is shared if another share is about to begin."""
    if kind in SHARING:
        for activity in Activity.objects.filter(session=session, kind__in=SHARING).running():
            stop_one(session, activity, Activity.StopReason.STOPPED, by=by)


def _limit_asking(session: SupportSession, kind: str, customer: Participant, policy: SitePolicy) -> None:
    """Allow one pending request of a kind and ⟨3⟩ a minute, so that customers are not worn down into a yes."""
    asked = Activity.objects.filter(session=session, kind=kind, owner=customer).exclude(requested_by=customer)
    require(not asked.pending().exists(), RequestPending)
    recent = asked.filter(requested_at__gt=clock.now() - timedelta(minutes=1)).count()
    require(recent < policy.requests_per_minute, AskedTooOften, retry_after=60)
