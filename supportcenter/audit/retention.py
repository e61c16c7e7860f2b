"""Delete entries of the audit log past their time (E73), the oldest first, in pieces, so that nobody waits long."""

from datetime import timedelta

from supportcenter import clock, security_log
from supportcenter.accounts.models import SitePolicy
from supportcenter.audit.models import Entry

# Of one run.
AT_ONCE = 2000


def forget_what_is_due() -> bool:
    """Delete some of what is due; true if there may be more. What was deleted is an entry itself."""
    before = clock.now() - timedelta(days=SitePolicy.current().audit_days)
    deleted = Entry.objects.forget_before(before, AT_ONCE)
    if deleted:
        security_log.note("audit_log_shortened", entries=deleted, before=before.date().isoformat())
    return deleted == AT_ONCE
