"""When a session was last used, and when it will have been idle for too long (E40)."""

from datetime import datetime, timedelta

from sessions_app import events
from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record

# How often a session that may be idle for ever is looked at, in case the admin changes that.
WITHOUT_LIMIT = timedelta(minutes=10)

# Limits are minutes: a line of chat that follows another need not write the row again.
FRESH = timedelta(seconds=5)


def touch(session: SupportSession, *, by: Actor | None = None) -> None:
    """Note that the locked session is in use; a warning that it would end is withdrawn."""
    warned = session.quiet_ends_at is not None
    if not warned and clock.now() - session.last_activity_at < FRESH:
        return
    session.mark_active()
    if warned:
        record(session.stream, events.session_stirred(session), by=by)
        check_later(session, SitePolicy.current())


def check_later(session: SupportSession, policy: SitePolicy) -> None:
    """Check the session again when its warning would be due."""
    limit, _reason = idle_limit(session, policy)
    warning = timedelta(minutes=policy.warning_minutes)
    due = clock.now() + WITHOUT_LIMIT if limit is None else max(limit - warning, clock.now())
    run_later("sessions.watch_quiet", due=due, session=session.pk)


def idle_limit(session: SupportSession, policy: SitePolicy) -> tuple[datetime | None, SupportSession.EndReason]:
    """When the session will have been idle for too long (None: never), and the reason it then ends for."""
    if session.first_joined_at is None:
        minutes, since = policy.nobody_joined_minutes, max(session.started_at, session.last_activity_at)
        reason = SupportSession.EndReason.NOBODY_JOINED
    else:
        minutes, since = policy.quiet_minutes, clock.now() if _is_in_use(session) else session.last_activity_at
        reason = SupportSession.EndReason.QUIET
    return (since + timedelta(minutes=minutes) if minutes else None), reason


def _is_in_use(session: SupportSession) -> bool:
    """Sharing or talking for an hour without a click is not idle; a recording alone is."""
    return session.activities.running().exclude(kind=Capability.RECORDING).exists()
