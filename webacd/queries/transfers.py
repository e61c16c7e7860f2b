"""What became of a session that was transferred: for who transferred it."""

from sessions_app.models import SupportSession
from supportcenter.accounts.models import User
from webacd.models import SupportRequest


def latest_transfer(session: SupportSession, user: User | None) -> SupportRequest | None:
    """The latest request by which this CSR relinquished the session."""
    mine = SupportRequest.objects.filter(session=session, transferred_by=user)
    return mine.select_related("queue", "answered_by__user").first()
