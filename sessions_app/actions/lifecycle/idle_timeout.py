"""End idle sessions, after warning the primary (E40)."""

from datetime import timedelta

from django.db import transaction

from sessions_app import events
from sessions_app.actions.idle_clock import check_later, idle_limit, touch
from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record


@transaction.atomic
def check(session: SupportSession) -> None:
    """Warn the primary that the session is idle, then end it; anything that happened in the meantime counts first."""
    session = session.locked()
    if not session.is_open:
        return
    policy, now = SitePolicy.current(), clock.now()
    warning = timedelta(minutes=policy.warning_minutes)
    limit, reason = idle_limit(session, policy)
    if session.quiet_ends_at and session.quiet_ends_at <= now:
        close_session(session, reason=reason)
    elif session.quiet_ends_at:
        run_later("sessions.watch_quiet", due=session.quiet_ends_at, session=session.pk)
    elif limit is None or now < limit - warning:
        check_later(session, policy)
    else:
        # After a downtime the limit may lie in the past: the warning still comes first, in full.
        session.mark_quiet(max(limit, now + warning))
        record(session.stream, events.session_quiet(session))
        run_later("sessions.watch_quiet", due=session.quiet_ends_at, session=session.pk)


@session_action(who=PRIMARY, touch=False, known_as="keep_session")
def keep_open(session: SupportSession, *, by: Participant) -> SupportSession:
    """Keep an idle session open, as the primary who has been warned. Raises SessionHasEnded, NotInControl."""
    touch(session, by=by)
    return session
