"""Back to the queue, from the last page of a session that has ended early."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from sessions_app.models import Participant, SupportSession
from sessions_app.views.access import seat_required
from supportcenter.refusals.found import found
from webacd.actions.entering.again import enter_again
from webacd.errors import NothingToComeBackTo, QueueClosed, QueueFull
from webacd.queries.again import came_by, queue_to_enter
from webacd.rules.places import PLACE, place_held
from webacd.views.entry import limit_entries, turned_away


@require_POST
@seat_required
def back_to_queue(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """By the same gates as from the queue's own form."""
    queue = queue_to_enter(found(came_by(session, me), NothingToComeBackTo))
    if held := place_held(request, queue):
        return redirect("waiting", held.key)
    limit_entries(request)
    try:
        waiting, secret = enter_again(session, language=get_language(), by=me)
    except (QueueClosed, QueueFull) as refusal:
        return turned_away(request, queue, refusal)
    return PLACE.give(redirect("waiting", waiting.key), waiting.key, secret)
