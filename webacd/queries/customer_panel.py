"""What distribution knows of how a customer came into a session (E62)."""

from sessions_app.models import Participant
from webacd.models import SupportRequest
from webacd.models.support_request import SupportRequestQuerySet
from webacd.queries.briefings import REQUESTS_READ

ENTERED = SupportRequest.Kind.ENTERED


def request_of(customer: Participant) -> SupportRequest | None:
    """That by which they came to a queue. Of those who came before it was noted how, the name says whose it was."""
    if customer.is_erased or customer.came_by not in {"", Participant.CameBy.QUEUE}:
        return None
    named = {} if customer.came_by else {"name": customer.name}
    return _requests_of(customer).filter(kind=ENTERED, **named).order_by("pk").first()


def transfer_of(customer: Participant) -> SupportRequest | None:
    """The latest of the session that was accepted."""
    latest = _requests_of(customer).select_related("transferred_by").order_by("-pk")[:REQUESTS_READ]
    return next((one for one in latest if one.is_transfer and one.outcome == one.Outcome.ANSWERED), None)


def _requests_of(customer: Participant) -> SupportRequestQuerySet:
    return SupportRequest.objects.filter(session=customer.session_id).select_related("entry_queue", "queue")
