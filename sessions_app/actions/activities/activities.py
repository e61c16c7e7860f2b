"""Setting activities going and ending them. What uses a customer's device asks the customer first (E36)."""

from datetime import timedelta

from sessions_app import events
from sessions_app.actions.activities.stop import stop_one
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
from sessions_app.models import Activity, Consent
from sessions_app.rules.media_audience import is_in_circle
from sessions_app.rules.permissions import may_start_activity, may_stop_activity, may_use
from supportcenter import clock
from supportcenter.accounts.capabilities import SHARING, Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

VIEWING = {Capability.VIEW_DESKTOP, Capability.VIEW_APPLICATION}
# One of each at a time in a session; sharing is one at a time altogether, for there is one stage.
ALONE = {Capability.VOICE, Capability.RECORDING}


@session_action(who=PRESENT)
def start_activity(session, kind, *, details=None, by):
    """Start what needs nobody's consent: one's own screen, camera, the call, the recording.

    Raises SessionHasEnded, NotInSession, NotInControl, CapabilityOff. Starting what already runs changes nothing. A
    recording is announced first, and runs when its page reports so.
    """
    require(may_start_activity(by, session, kind), NotInControl)
    require(may_use(session, kind), CapabilityOff)
    same = Activity.objects.filter(session=session, kind=kind).running()
    running = (same if kind in ALONE else same.filter(owner=by)).first()
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
def request_activity(session, kind, customer, *, by):
    """Ask a customer for something of his: a box with Allow and Decline appears, for ⟨60 s⟩ (E36).

    A standing permission for this CSR answers by itself. Raises SessionHasEnded, NotInControl, CapabilityOff,
    NoSuchParticipant, BeyondCircle, CannotShareScreen, RequestPending, AskedTooOften.
    """
    require(may_use(session, kind), CapabilityOff)
    customer = session.participants.customers().present().admitted().filter(pk=customer.pk).first()
    require(customer is not None, NoSuchParticipant)
    require(kind == Capability.FILES or is_in_circle(customer, session), BeyondCircle)
    require(kind not in VIEWING or customer.can.get("screen", True), CannotShareScreen)
    policy = SitePolicy.current()
    _limit_asking(session, kind, customer, policy)
    activity = Activity.objects.create(
        session=session, kind=kind, owner=customer, requested_by=by, state=Activity.State.REQUESTED
    )
    until = clock.now() + timedelta(seconds=policy.answer_seconds)
    record(session.stream, events.activity_requested(activity, until), by=by)
    standing = Consent.objects.filter(customer=customer, csr=by, answer=Consent.Answer.STANDING, withdrawn_at=None)
    if standing.exists():
        grant(session, activity, by=customer)
    else:
        run_later("sessions.request_unanswered", due=until, activity=activity.pk)
    return activity


def grant(session, activity, *, by):
    """The customer's yes: the browser may now deliver what was asked for."""
    _clear_stage(session, activity.kind, by)
    activity.mark_allowed()
    record(session.stream, events.activity_allowed(activity), by=by)


@session_action(who=PRESENT)
def report_running(session, activity, *, details, by):
    """The owner's browser delivers; `details` name truthfully what.

    Raises SessionHasEnded, NotYours, NotAnnouncedYet, ActivityOver.

    Whoever reloads in the middle and chooses again may deliver something else: that is told too.
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
def stop_activity(session, activity, *, failure="", by):
    """End an activity, or withdraw a request: its owner, or the primary. Stopping twice changes nothing.

    `failure` says in a word why the owner's browser could not deliver: the other side is told what to do about it.
    """
    activity = Activity.objects.select_related("owner").get(pk=activity.pk)
    require(may_stop_activity(by, session, activity), NotYours)
    if activity.is_alive:
        failed = failure and activity.owner_id == by.pk
        require(failed or not is_required(activity), RecordingIsRequired)
        reason = Activity.StopReason.FAILED if failed else Activity.StopReason.STOPPED
        if failed:
            activity.note_failure(failure)
        stop_one(session, activity, reason, by=by)
    return activity


def _run(session, activity, details, by):
    activity.mark_running(details)
    record(session.stream, events.activity_started(activity), by=by)
    return activity


def _clear_stage(session, kind, by):
    """One share at a time: the next one replaces the one before."""
    if kind in SHARING:
        for activity in Activity.objects.filter(session=session, kind__in=SHARING).running():
            stop_one(session, activity, Activity.StopReason.STOPPED, by=by)


def _limit_asking(session, kind, customer, policy):
    """One pending request of a kind, and no more than ⟨3⟩ a minute: nobody is worn down into a yes."""
    asked = Activity.objects.filter(session=session, kind=kind, owner=customer).exclude(requested_by=customer)
    require(not asked.pending().exists(), RequestPending)
    recent = asked.filter(requested_at__gt=clock.now() - timedelta(minutes=1)).count()
    require(recent < policy.requests_per_minute, AskedTooOften, retry_after=60)
