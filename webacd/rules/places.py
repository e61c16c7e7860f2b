"""Which customer waits: a place in a queue is known by the secret in this browser's cookie."""

from collections.abc import Hashable

from django.db.models import Q
from django.http import HttpRequest

from supportcenter.browser_secrets import SecretCookie, digest
from webacd.models import Queue, SupportRequest

PLACE = SecretCookie("place-")
place_cookie = PLACE.name


def request_with_place(key: str, secret: str) -> SupportRequest | None:
    if not secret:
        return None
    mine = SupportRequest.objects.filter(key=key, seat_hash=digest(secret))
    return mine.select_related("session", "queue", "entry_queue").first()


def read_places(requests: list[int]) -> dict[int, Hashable]:
    """The places (their secrets' hashes) of those of these requests that still wait."""
    return dict(SupportRequest.objects.waiting().filter(pk__in=requests).values_list("pk", "seat_hash"))


def place_held(request: HttpRequest, queue: Queue) -> SupportRequest | None:
    """The place that this browser has in the queue, or had when it was answered."""
    places = PLACE.digests(request)
    if not places:
        return None
    mine = SupportRequest.objects.held().filter(Q(queue=queue) | Q(entry_queue=queue), seat_hash__in=places)
    return mine.first()
