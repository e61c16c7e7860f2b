"""Sessions in which nothing happens end by themselves, never without a warning (E40)."""

from datetime import timedelta

from django.db import transaction

from sessions_app import events
from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.locking import control_function, take_floor
from sessions_app.errors import NotInControl, SessionHasEnded
from sessions_app.models import SupportSession
from sessions_app.rules.permissions import may_control
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record
from supportcenter.refusals import require

# How often a session that may be quiet for ever is looked at, in case the admin changes that.
WITHOUT_LIMIT = timedelta(minutes=10)


def watch_quiet_later(session, policy):
    """Look at the session again when its warning would be due."""
    limit, _reason = _limit(session, policy)
    warning = timedelta(minutes=policy.warning_minutes)
    due = clock.now() + WITHOUT_LIMIT if limit is None else max(limit - warning, clock.now())
    run_later("sessions.watch_quiet", due=due, session=session.pk)


@transaction.atomic
def watch_quiet(session):
    """Warn the primary before a quiet session's end, then end it; whatever happened meanwhile counts first."""
    session = session.locked()
    if not session.is_open:
        return
    policy, now = SitePolicy.current(), clock.now()
    warning = timedelta(minutes=policy.warning_minutes)
    limit, reason = _limit(session, policy)
    if session.quiet_ends_at and session.quiet_ends_at <= now:
        close_session(session, reason=reason)
    elif session.quiet_ends_at:
        run_later("sessions.watch_quiet", due=session.quiet_ends_at, session=session.pk)
    elif limit is None or now < limit - warning:
        watch_quiet_later(session, policy)
    else:
        # After a downtime the limit may lie in the past: the warning still comes first, in full.
        session.quiet_ends_at = max(limit, now + warning)
        session.save(update_fields=["quiet_ends_at"])
        record(session.stream, events.session_quiet(session))
        run_later("sessions.watch_quiet", due=session.quiet_ends_at, session=session.pk)


@control_function
def keep_session(session, *, by):
    """The primary answers the warning: the session stays open."""
    session, by = take_floor(session, by)
    require(session.is_open, SessionHasEnded)
    require(may_control(by, session), NotInControl)
    stir(session, by=by)
    return session


def stir(session, *, by=None):
    """Note that something happened in the locked session, and take a warning back."""
    warned = session.quiet_ends_at is not None
    session.mark_active()
    if warned:
        record(session.stream, events.session_stirred(session), by=by)
        watch_quiet_later(session, SitePolicy.current())


def _limit(session, policy):
    """When the session has been quiet for too long, and what that is called; None: never."""
    if session.first_joined_at is None:
        minutes, since = policy.nobody_joined_minutes, max(session.started_at, session.last_activity_at)
        reason = SupportSession.EndReason.NOBODY_JOINED
    else:
        minutes, since = policy.quiet_minutes, clock.now() if _is_in_use(session) else session.last_activity_at
        reason = SupportSession.EndReason.QUIET
    return (since + timedelta(minutes=minutes) if minutes else None), reason


def _is_in_use(session):
    """Whoever shares or talks for an hour without a click is not quiet; a recording alone is."""
    return session.activities.running().exclude(kind=Capability.RECORDING).exists()
