"""Who may read the audit log. Nothing here writes."""

from django.contrib.auth.models import AnonymousUser

from supportcenter.accounts.models import User


def may_read_audit_log(user: User | AnonymousUser) -> bool:
    """Admins; managers, whom it tells of too, do not."""
    return user.is_authenticated and user.is_staff and user.has_perm("audit.view_entry")
