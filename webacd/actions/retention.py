"""What distribution keeps about people, and for how long (E44).

A request outlives its session anonymously, because the statistics of a queue are counted from it.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Q

from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.forgetting import forget_actors, forget_streams
from webacd.actions.entering.queue_entries import lock_if_waiting, stop_waiting
from webacd.models import HelpRequest, LeftMessage, Offer, RoutingDecision, SupportRequest
from webacd.models.support_request import SupportRequestQuerySet
from webacd.rules.places import requests_after

AT_ONCE = 200
ANONYMOUS: dict[str, Any] = {"name": "", "email": "", "answers": [], "seat_hash": "", "message": ""}


def erase_from_requests(session: SupportSession, customer: Participant) -> None:
    """Erase the customer from the session's requests, with what they wrote and what transferors wrote meanwhile.

    And from those by which they came back to a queue after it.
    """
    in_session = SupportRequest.objects.filter(session=session)
    requests = list(
        in_session.filter(_same(customer, "seat_hash") | _same(customer, "name") | _same(customer, "email"))
    )
    _erase_carried(in_session, [request.answers for request in requests if _came(request)])
    requests += _came_back(customer)
    # As with the chat: a transferor may have written about any customer who was present.
    until = customer.left_at or session.ended_at
    in_session.filter(made_at__gte=customer.joined_at, made_at__lte=until).update(message="")
    # Who asked a queue for help may have written about them before they came, as in a note.
    HelpRequest.objects.filter(session=session).update(message="")
    wrote = Q(session=session) & (_same(customer, "name") | _same(customer, "email"))
    LeftMessage.objects.filter(wrote | Q(request__in=requests)).delete()
    _make_anonymous(requests)


def _came_back(customer: Participant) -> list[SupportRequest]:
    """Their later requests that led to no session, waiting no more; one that led to a session is erased with that."""
    for request in requests_after(customer).filter(session=None):
        # An agent may be accepting it: then it has a session.
        if entry := lock_if_waiting(request):
            stop_waiting(entry.request, SupportRequest.Outcome.ABANDONED)
    return list(requests_after(customer).filter(session=None))


def forget_what_is_due() -> bool:
    """Make some requests past the retention time anonymous, and delete some messages; true if there may be more.

    A request is kept as it is for as long as its session is on record.
    """
    days = SitePolicy.current().retention_days
    if not days:
        return False
    before = clock.now() - timedelta(days=days)
    known = SupportRequest.objects.forgettable().filter(outcome_at__lt=before)
    requests = list(known.order_by("outcome_at")[:AT_ONCE])
    _make_anonymous(requests)
    Offer.objects.filter(request__in=requests).delete()
    RoutingDecision.objects.filter(request__in=requests).delete()
    messages = list(LeftMessage.objects.filter(at__lt=before).values_list("pk", flat=True)[:AT_ONCE])
    LeftMessage.objects.filter(pk__in=messages).delete()
    return AT_ONCE in (len(requests), len(messages))


def _make_anonymous(requests: Collection[SupportRequest]) -> None:
    # The log first: if the rest fails, the rows still say whose events are left.
    forget_actors(request.event_key for request in requests)
    forget_streams(request.stream for request in requests)
    SupportRequest.objects.filter(pk__in=[request.pk for request in requests]).update(**ANONYMOUS)


def _came(request: SupportRequest) -> bool:
    return request.kind == SupportRequest.Kind.ENTERED


def _erase_carried(in_session: SupportRequestQuerySet, erased: Collection[Any]) -> None:
    """Erase the copies of these answers: a transfer carries them along, also for another current customer."""
    carried = [request.pk for request in in_session if request.answers in erased]
    SupportRequest.objects.filter(pk__in=carried).update(answers=[])


def _same(customer: Participant, field: str) -> Q:
    """The rows whose `field` has the customer's value; none, if theirs is empty."""
    value = getattr(customer, field)
    return Q(**{field: value}) if value else Q(pk=None)
