"""What `manage.py doctor` says about jobs."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from supportcenter import clock
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.jobs.models import Job

# Later than any that are run at all.
OVERDUE = timedelta(minutes=5)


@health_check("jobs")
def jobs() -> Iterator[Finding]:
    now = clock.now()
    waiting = Job.objects.pending().filter(Q(lease_until=None) | Q(lease_until__lt=now))
    overdue = waiting.filter(due__lt=now - OVERDUE).order_by("due")
    if first := overdue.first():
        since = f"{first.due:%Y-%m-%d %H:%M} UTC"
        yield fail(f"{overdue.count()} are overdue, {first.kind} since {since}: is the site, or its worker, running?")
    else:
        yield ok("none is overdue")
    failed = Job.objects.exclude(failed_at=None).count()
    if failed:
        yield warn(f"{failed} have failed for good; their rows hold the errors")
