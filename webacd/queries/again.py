"""How a customer whose session has ended early gets to a representative again, or leaves a message."""

from dataclasses import dataclass

from sessions_app.models import Participant, SupportSession
from sessions_app.rules.farewell import Farewell, farewell, is_accident
from supportcenter import clock
from supportcenter.browser_secrets import digest
from supportcenter.refusals.found import found
from webacd.errors import NothingToComeBackTo
from webacd.models import AcdPolicy, Queue, SupportRequest
from webacd.queries.queues import first_open, open_queues
from webacd.rules.places import places_after, requests_after

# A page that says what to do now has no room for a directory.
MOST_QUEUES = 5
EARLY = {Farewell.PAGE_CLOSED, Farewell.CONNECTION_LOST, Farewell.STOPPED, Farewell.IDLE}
# The ends after which the last page leads to a message (templates/sessions_app/ended/_face.html).
ENDS_WITH_MESSAGE = {*EARLY, Farewell.NOT_LET_IN, Farewell.UNANSWERED}


@dataclass(frozen=True)
class Ways:
    """Of these the page offers the first that there is."""

    # The queue that the customer came from, open now: one press leads back.
    back_to: Queue | None
    goes_first: bool
    # Open queues, by their entry form.
    queues: list[Queue]
    # Whether a message reaches anyone.
    takes_messages: bool


def ways_after(session: SupportSession, me: Participant) -> Ways:
    former = came_by(session, me)
    back_to = _open_one(former) if former and place_to_take(me) else None
    return Ways(
        back_to=back_to,
        goes_first=back_to is not None and goes_first(session, me),
        queues=[] if back_to else open_queues()[:MOST_QUEUES],
        takes_messages=Queue.objects.filter(is_active=True).exists(),
    )


def came_by(session: SupportSession, me: Participant) -> SupportRequest | None:
    """The request by which this customer came from a queue to the session that has ended early; None without one."""
    return own_request(session, me) if farewell(session, me) in EARLY else None


def own_request(session: SupportSession, me: Participant) -> SupportRequest | None:
    """The request by which this customer came from a queue to the session; None without one.

    Known by the seat, not by the name: another customer of the session does not get this one's answers. A session in
    transfer has a request too, which is no customer's.
    """
    if not me.seat_hash:
        return None
    entered = SupportRequest.objects.filter(session=session, kind=SupportRequest.Kind.ENTERED, seat_hash=me.seat_hash)
    return entered.select_related("entry_queue", "queue").first()


def may_leave_message(session: SupportSession, me: Participant) -> bool:
    """Whether the customer's last page leads to a message. In a session, or shown out of it, they leave none."""
    return farewell(session, me) in ENDS_WITH_MESSAGE


def queue_to_enter(former: SupportRequest) -> Queue:
    """The queue that the customer came to, else the one where they were accepted; an open one first.

    Raises NothingToComeBackTo if both have been deleted.
    """
    return found(_open_one(former) or former.entry_queue or former.queue, NothingToComeBackTo)


def place_to_take(me: Participant) -> str:
    """The secret of the place that one press takes: the one that they hold, else their next; "" after so many."""
    held = set(requests_after(me).held().values_list("seat_hash", flat=True))
    taken = set(requests_after(me).values_list("seat_hash", flat=True)) - held
    places = places_after(me)
    return next((secret for secret in places if digest(secret) in held), "") or next(
        (secret for secret in places if digest(secret) not in taken), ""
    )


def goes_first(session: SupportSession, me: Participant) -> bool:
    """Whether who comes back goes before new customers, as a session does that lost its agent (E21, E29).

    After an accident alone, for as long as such a session would wait for its next agent, and once: who stops waiting
    and comes back again does not.
    """
    policy = AcdPolicy.current()
    if not (policy.transferred_first and is_accident(session) and session.ended_at):
        return False
    return clock.now() - session.ended_at < policy.transfer_time and not requests_after(me).exists()


def _open_one(former: SupportRequest) -> Queue | None:
    return first_open([former.entry_queue, former.queue])
