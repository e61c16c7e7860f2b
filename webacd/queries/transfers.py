"""What became of a session that was transferred: for who transferred it, and for who has it now."""

from datetime import timedelta

from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.accounts.models import User
from webacd.models import SupportRequest

# For so long the next primary's page says that the session was handed over.
NEWS = timedelta(minutes=2)


def latest_transfer(session: SupportSession, user: User | None) -> SupportRequest | None:
    """The latest request by which this CSR relinquished the session."""
    mine = SupportRequest.objects.filter(session=session, transferred_by=user)
    return mine.select_related("queue", "answered_by__user").first()


def just_accepted(session: SupportSession, user: User) -> SupportRequest | None:
    """The transfer by which this CSR has the session, for as long as that is news."""
    theirs = SupportRequest.objects.filter(session=session, answered_by__user=user, outcome_at__gt=clock.now() - NEWS)
    return theirs.exclude(kind=SupportRequest.Kind.ENTERED).select_related("transferred_by").first()
