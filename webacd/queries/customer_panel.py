"""What distribution knows of how a customer came into a session (E62)."""

from dataclasses import dataclass

from sessions_app.models import Participant
from webacd.models import SupportRequest

# A session is transferred a few times; what came before these is not told.
READ = 20


@dataclass(frozen=True)
class Came:
    """`came` is the request by which the customer came to a queue, `handed` the latest transfer of the session."""

    came: SupportRequest | None
    handed: SupportRequest | None


def how_they_came(customer: Participant) -> Came:
    """In one query. Of those who came before it was noted how, the name says whose request it was."""
    requests = SupportRequest.objects.filter(session=customer.session_id).order_by("pk")
    found = list(requests.select_related("entry_queue", "queue", "transferred_by")[:READ])
    return Came(
        next((one for one in found if _is_theirs(one, customer)), None),
        next((one for one in reversed(found) if one.is_transfer and one.outcome == one.Outcome.ANSWERED), None),
    )


def _is_theirs(request: SupportRequest, customer: Participant) -> bool:
    if request.is_transfer or customer.is_erased:
        return False
    return customer.came_by == Participant.CameBy.QUEUE or (not customer.came_by and request.name == customer.name)
