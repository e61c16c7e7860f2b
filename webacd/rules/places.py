"""Which customer waits: a place in a queue is known by the secret in this browser's cookie."""

import base64
from collections.abc import Hashable

from django.db.models import Q
from django.http import HttpRequest

from sessions_app.models import Participant
from supportcenter.browser_secrets import SecretCookie, digest
from supportcenter.site_keys import sealed_by, secret_keys
from webacd.models import Queue, SupportRequest
from webacd.models.support_request import SupportRequestQuerySet

PLACE = SecretCookie("place-")
place_cookie = PLACE.name
# So often one press leads from the last page of one session back to a queue.
MOST_RETURNS = 20


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


def places_after(me: Participant) -> list[str]:
    """The secrets of the places that this customer takes, one after the other, by coming back after the session.

    They come of the seat and the site's key, so that the places are found again without a word of whose they are. Those
    of the present key come first; one that was taken with a former key is found as well.
    """
    numbers = range(MOST_RETURNS) if me.seat_hash else []
    return [_place_after(secret, me, number) for secret in secret_keys() for number in numbers]


def _place_after(secret: str, me: Participant, number: int) -> str:
    sealed = sealed_by(secret, "webacd.places_after", f"{me.pk} {me.seat_hash} {number}")
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def requests_after(me: Participant) -> SupportRequestQuerySet:
    """The requests in those places."""
    return SupportRequest.objects.filter(seat_hash__in=[digest(secret) for secret in places_after(me)])
