"""What distribution keeps of people, and for how long (E44).

A request outlives its session without anything that tells whose it was: the figures of a queue are counted from it.
"""

from datetime import timedelta

from django.db.models import Q

from sessions_app.rules.erasure_hooks import erases_traces
from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.live.log.forgetting import forget_actors, forget_streams
from webacd.models import LeftMessage, Offer, RoutingDecision, SupportRequest

AT_ONCE = 200
NOBODY = {"name": "", "email": "", "answers": [], "seat_hash": "", "message": ""}


@erases_traces
def erase_from_requests(session, customer):
    """The requests by which this customer came or was passed on, and what was written by them and of them."""
    in_session = SupportRequest.objects.filter(session=session)
    requests = list(
        in_session.filter(_same(customer, "seat_hash") | _same(customer, "name") | _same(customer, "email"))
    )
    _erase_carried(in_session, [request.answers for request in requests if _came(request)])
    # As with the lines of the chat: a transferor's words may tell of anybody who was there.
    until = customer.left_at or session.ended_at
    in_session.filter(made_at__gte=customer.joined_at, made_at__lte=until).update(message="")
    wrote = Q(session=session) & (_same(customer, "name") | _same(customer, "email"))
    LeftMessage.objects.filter(wrote | Q(request__in=requests)).delete()
    _make_anonymous(requests)


def forget_what_is_due():
    """Remove some of what is past its days: of requests without a session, who it was; messages as a whole.

    True if there may be more. A request whose session is on record stays with it; when that goes, this finds it.
    """
    days = SitePolicy.current().retention_days
    if not days:
        return False
    before = clock.now() - timedelta(days=days)
    known = SupportRequest.objects.filter(session=None, outcome_at__lt=before).exclude(name="", message="")
    requests = list(known.order_by("pk")[:AT_ONCE])
    _make_anonymous(requests)
    Offer.objects.filter(request__in=requests).delete()
    RoutingDecision.objects.filter(request__in=requests).delete()
    messages = list(LeftMessage.objects.filter(at__lt=before).values_list("pk", flat=True)[:AT_ONCE])
    LeftMessage.objects.filter(pk__in=messages).delete()
    return AT_ONCE in (len(requests), len(messages))


def _make_anonymous(requests):
    # The log first: should the rest fail, the rows still say whose it was.
    forget_actors(request.event_key for request in requests)
    forget_streams(request.stream for request in requests)
    SupportRequest.objects.filter(pk__in=[request.pk for request in requests]).update(**NOBODY)


def _came(request):
    return request.kind == SupportRequest.Kind.ENTERED


def _erase_carried(in_session, erased):
    """A transfer takes the answers along, also while another customer is the current one."""
    carried = [request.pk for request in in_session if request.answers in erased]
    SupportRequest.objects.filter(pk__in=carried).update(answers=[])


def _same(customer, field):
    """The rows in which `field` says what it says of the customer; none, if it says nothing."""
    value = getattr(customer, field)
    return Q(**{field: value}) if value else Q(pk=None)
