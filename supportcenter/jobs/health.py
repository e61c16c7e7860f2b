"""What `manage.py doctor` says about jobs, and about who runs them."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop, ngettext

from supportcenter import clock
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.jobs.models import Job, Role
from supportcenter.jobs.workers.heartbeat import heard_of, needed

# Later than any that are run at all.
OVERDUE = timedelta(minutes=5)


@health_check(gettext_noop("jobs"))
def jobs() -> Iterator[Finding]:
    now = clock.now()
    waiting = Job.objects.pending().filter(Q(lease_until=None) | Q(lease_until__lt=now))
    overdue = waiting.filter(due__lt=now - OVERDUE).order_by("due")
    if first := overdue.first():
        count = overdue.count()
        facts = {"count": count, "kind": first.kind, "since": f"{first.due:%Y-%m-%d %H:%M} UTC"}
        yield fail(
            ngettext(
                "%(count)d is overdue: %(kind)s since %(since)s",
                "%(count)d are overdue, %(kind)s since %(since)s",
                count,
            )
            % facts,
            gettext("See that the site, or its worker, is running and keeps up."),
        )
    else:
        yield ok(gettext("none is overdue"))
    failed = Job.objects.exclude(failed_at=None).count()
    if failed:
        yield warn(
            ngettext("%(count)d has failed for good", "%(count)d have failed for good", failed) % {"count": failed},
            gettext("Their errors are in the administration under “Jobs”, where they can be tried again."),
        )


@health_check(gettext_noop("heartbeats"))
def heartbeats() -> Iterator[Finding]:
    heard = heard_of()
    missing = [role for role in needed(settings.JOBS_RUNNER) if role not in {each.role for each in heard}]
    for role in missing:
        yield fail(*_absence(role))
    alive = ", ".join(f"{each.get_role_display()} {each.name}" for each in heard if each.role != Role.SWEEP)
    if not missing:
        yield ok(gettext("alive: %(names)s") % {"names": alive})


def _absence(role: Role) -> tuple[str, str]:
    if role is Role.RUNNER:
        return (
            gettext("the thread that runs jobs has not been heard from for a minute"),
            gettext("Start the site with “manage.py serve”, or see in its log what blocks the thread."),
        )
    if role is Role.WORKER:
        return (
            gettext("no worker has been heard from for a minute: no mail is sent, and no deadline is kept"),
            gettext("Start “celery -A supportcenter worker”, and see that it has the same database and Redis."),
        )
    if role is Role.CLOCK:
        return (
            gettext("the clock has not been heard from for a minute: deadlines are not kept"),
            gettext("Start “celery -A supportcenter beat”; if it runs, see that it reaches Redis."),
        )
    return (
        gettext("no sweep of the clock has come to a worker for a minute"),
        gettext("See that worker and clock have the same REDIS_URL, and that not every thread of the worker is taken."),
    )
