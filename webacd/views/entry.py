"""A queue's public page (the entry link), the button for other sites, and leaving a message."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe
from limits import RateLimitItemPerMinute

from sessions_app.errors import NameTaken, TooManyAttempts
from sessions_app.models import Participant, SupportSession
from sessions_app.views.access import seat_required
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.rate_limits import client_key, rate_limiter
from supportcenter.colours import ink_on, parse, to_css
from supportcenter.live.log import eventlog
from supportcenter.one_press import secret_of_press
from supportcenter.refusals import require
from supportcenter.responses import render_form
from webacd.actions.entering import messages
from webacd.actions.entering.enter import enter_queue
from webacd.errors import NoMessageFromHere, QueueClosed, QueueFull
from webacd.forms import LeftMessageForm, QueueEntryForm
from webacd.models import AcdPolicy, Queue, SupportRequest
from webacd.queries.again import may_leave_message, own_request
from webacd.queries.queues import queue_for_message
from webacd.queries.waiting import as_message
from webacd.rules.places import PLACE, place_held
from webacd.views.access import place_required

BUTTON_SECONDS = 60
CLOSED_FILL = parse("5c6472")


@require_http_methods(["GET", "HEAD", "POST"])
def queue_entry(request: HttpRequest, slug: str) -> HttpResponse:
    queue = _queue(slug)
    held = place_held(request, queue)
    if held:
        return redirect("waiting", held.key)
    form = QueueEntryForm(_posted(request), queue=queue)
    form.prefill(request.GET)
    if not queue.is_open():
        return _closed(request, queue)
    if request.method != "POST" or not form.is_valid():
        return _entry_page(request, queue, form)
    limit_entries(request)
    try:
        return _enter(request, queue, form)
    except NameTaken as refusal:
        form.refuse("name", refusal.message)
        return _entry_page(request, queue, form)
    except (QueueClosed, QueueFull) as refusal:
        return turned_away(request, queue, refusal)


@require_safe
def queue_button(request: HttpRequest, slug: str) -> HttpResponse:
    """An image that says in words whether the queue is open, for the entry link on another web site."""
    queue = _queue(slug)
    with translation.override("ar" if request.GET.get("language") == "ar" else "en"):
        is_open = queue.is_open()
        state = gettext("open now") if is_open else gettext("closed now")
        fill = parse(SitePolicy.current().accent_colour.lstrip("#")) if is_open else CLOSED_FILL
        context = {"queue": queue, "is_open": is_open, "state": state}
        context |= {"fill": to_css(fill), "ink": to_css(ink_on(fill))}
        svg = render_to_string("webacd/entry/button.svg", context)
    response = HttpResponse(svg, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=BUTTON_SECONDS)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def leave_message(request: HttpRequest, slug: str) -> HttpResponse:
    """Instead of waiting, whether or not the queue is open."""
    return _message_page(request, queue=_queue(slug))


@require_http_methods(["GET", "HEAD", "POST"])
@place_required
def leave_message_while_waiting(request: HttpRequest, waiting: SupportRequest) -> HttpResponse:
    return _message_page(request, waiting)


@require_http_methods(["GET", "HEAD", "POST"])
@seat_required
def leave_message_after(request: HttpRequest, session: SupportSession, me: Participant) -> HttpResponse:
    """After a session in transfer that no agent took (E24), or one that ended early.

    To the queue where the session was last. A request has one message: who came by none leaves one without it.
    """
    require(may_leave_message(session, me), NoMessageFromHere)
    queue = queue_for_message(SupportRequest.objects.latest_of(session))
    return _message_page(request, own_request(session, me), queue=queue, name=me.name, email=me.email)


def _message_page(
    request: HttpRequest, waiting: SupportRequest | None = None, *, queue: Queue | None = None, **initial: str
) -> HttpResponse:
    queue = queue or queue_for_message(waiting)
    # Where the page's place in the log begins: what happens while it is drawn comes after.
    position = eventlog.position(waiting.stream) if waiting else None
    if waiting:
        waiting.refresh_from_db()
        initial = {"name": waiting.name, "email": waiting.email, "text": as_message(waiting)} | initial
    form = LeftMessageForm(_posted(request), initial=initial)
    if request.method != "POST" or not form.is_valid():
        facts: dict[str, Any] = {"queue": queue, "waiting": waiting, "position_in_log": position}
        return render_form(request, "webacd/entry/leave_message.html", form, **facts)
    limit_entries(request)
    # Another text from the same form is another message.
    press = secret_of_press(request, "message", queue.pk, form.cleaned_data)
    messages.leave_message(queue, request=waiting, language=get_language(), press=press, **form.cleaned_data)
    return render(request, "webacd/entry/message_left.html", {"queue": queue})


def turned_away(request: HttpRequest, queue: Queue, refusal: QueueClosed | QueueFull) -> HttpResponse:
    if isinstance(refusal, QueueClosed):
        return _closed(request, queue)
    return render(request, "webacd/entry/full.html", {"queue": queue, "refusal": refusal}, status=refusal.status)


def limit_entries(request: HttpRequest) -> None:
    """How often one address may enter or leave a message, so that no one fills a queue alone."""
    limit = RateLimitItemPerMinute(AcdPolicy.current().entries_per_address, namespace="queue-entries")
    require(rate_limiter().hit(limit, client_key(request)), TooManyAttempts, retry_after=60)


def _enter(request: HttpRequest, queue: Queue, form: QueueEntryForm) -> HttpResponse:
    waiting, secret = enter_queue(
        queue,
        name=form.cleaned_data["name"],
        email=form.cleaned_data.get("email", ""),
        language=get_language(),
        answers=form.answers,
        secret=secret_of_press(request, "place", queue.pk),
    )
    return PLACE.give(redirect("waiting", waiting.key), waiting.key, secret)


def _entry_page(request: HttpRequest, queue: Queue, form: QueueEntryForm) -> HttpResponse:
    return render_form(request, "webacd/entry/entry.html", form, queue=queue)


def _closed(request: HttpRequest, queue: Queue) -> HttpResponse:
    status = QueueClosed.status if request.method == "POST" else 200
    return render(request, "webacd/entry/closed.html", {"queue": queue, "opens_at": queue.opens_at()}, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    """An empty form that was posted is not one that was not: it is told what is missing."""
    return request.POST if request.method == "POST" else None


def _queue(slug: str) -> Queue:
    return get_object_or_404(Queue.objects.with_timetable(), slug=slug, is_active=True)
