"""What distribution tells the CSRs of a session: answers, personal messages, and how it came to them (E53, E63)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext, pgettext

from sessions_app.models import SupportSession
from sessions_app.rules.briefing_hooks import Briefing, Wait
from webacd.models import HelpRequest, LeftMessage, Offer, Queue, SupportRequest
from webacd.queries.routing_words import why_you

Kind, Outcome = SupportRequest.Kind, SupportRequest.Outcome
# Each but the first is a transfer.
REQUESTS_READ = 200


def said_at_the_queues(session: SupportSession) -> Iterator[Briefing]:
    """The answers and messages of the session's requests; answers that a transfer carried along appear once."""
    told: list[Any] = []
    requests = _requests_of(session)
    for request in requests:
        wait = _wait(request)
        is_new = bool(request.answers) and request.answers not in told
        if is_new:
            told.append(request.answers)
            yield _answers(request, wait)
        if request.message:
            yield _message(request, wait)
        if not is_new and not request.message:
            yield Briefing(request.made_at, "", request.name, _label(request.entry_queue), wait=wait)
    # A session that came from a queue is no reply to a message.
    if not any(request.kind == Kind.ENTERED for request in requests):
        yield from _written_instead_of_waiting(session)


def asked_of_queues(session: SupportSession) -> list[Briefing]:
    """What the helpers who came were asked for (E64)."""
    answered = HelpRequest.objects.filter(session=session, outcome=HelpRequest.Outcome.JOINED)
    latest = answered.select_related("queue", "asked_by").order_by("-pk")[:REQUESTS_READ]
    return [_help(request) for request in reversed(latest)]


def _help(request: HelpRequest) -> Briefing:
    asker = request.asked_by.display_name if request.asked_by else ""
    place = _label(request.queue)
    wait = Wait("helped", request.made_at, request.over_at, asker, place, request.message)
    return Briefing(request.made_at, gettext("Personal message"), asker, text=request.message, wait=wait)


def _requests_of(session: SupportSession) -> list[SupportRequest]:
    """The session's requests, the first one first, each with its queues and, as `taken`, the accepted offer."""
    accepted = FilteredRelation("offers", condition=Q(offers__state=Offer.State.ACCEPTED))
    # The types know of no relation that a query adds.
    requests: Any = SupportRequest.objects.filter(session=session).annotate(taken=accepted)
    requests = requests.select_related("entry_queue", "queue", "transferred_by", "taken__decision")
    return list(requests.order_by("pk")[:REQUESTS_READ])


def _written_instead_of_waiting(session: SupportSession) -> list[Briefing]:
    """The left message to which this session is the reply."""
    messages = LeftMessage.objects.filter(session=session).select_related("queue")
    return [
        Briefing(message.at, gettext("Left message"), message.name, _label(message.queue), text=message.text)
        for message in messages
    ]


def _wait(request: SupportRequest) -> Wait:
    # Where no row fits, the relation leaves no attribute.
    offer = getattr(request, "taken", None)
    is_back = request.outcome == Outcome.TAKEN_BACK
    return Wait(
        why="taken_back" if is_back else request.kind,
        since=request.arrived_at if request.kind == Kind.ENTERED else request.made_at,
        until=request.outcome_at,
        giver=_giver(request),
        place=_label(request.queue),
        message=request.message,
        routing=why_you(offer) if offer else "",
    )


def _giver(request: SupportRequest) -> str:
    if request.kind == Kind.ENTERED:
        # Every customer comes with a name, so one without has been erased (E44).
        return request.name or pgettext("within a sentence", "an erased customer")
    return request.transferred_by.display_name if request.transferred_by else ""


def _answers(request: SupportRequest, wait: Wait) -> Briefing:
    return Briefing(
        request.made_at,
        gettext("Entry form"),
        request.name,
        _label(request.entry_queue),
        answers=tuple(request.questions_and_answers),
        wait=wait,
    )


def _message(request: SupportRequest, wait: Wait) -> Briefing:
    author = request.transferred_by.display_name if request.transferred_by else ""
    return Briefing(request.made_at, gettext("Personal message"), author, text=request.message, wait=wait)


def _label(queue: Queue | None) -> str:
    return queue.label if queue else ""
