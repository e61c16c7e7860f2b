"""The ways into a session: start one, join one as a customer, assist in one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.errors import NameTaken, NoRoom, NotACsr, NumberUnknown, SlowDown, TooManyAttempts
from sessions_app.forms.case import TrackingForm
from sessions_app.forms.entry import JoinForm, NumberForm, PersonForm, StartForm
from sessions_app.models import Participant, SupportSession
from sessions_app.queries.case import fields_at_start
from sessions_app.rules.find_session import (
    attempt_at,
    load_of_guesses,
    session_by_number,
    session_by_number_for_csr,
)
from sessions_app.rules.join_limit import count_join
from sessions_app.rules.seats import SEAT, seat_in_family
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.challenges import give_challenge, has_passed
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.policy import session_mode, switched_off
from supportcenter.accounts.rate_limits import client_key
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.team_limits import limits_of_teams
from supportcenter.one_press import secret_of_press
from supportcenter.refusals import Refused, require
from supportcenter.refusals.answers import answer_refusal, warn_of_refusal
from supportcenter.refusals.found import found
from supportcenter.responses import FORM_REFUSED, changed, render_form

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a challenge of the join form is about, beside the number.
JOINING = "join"
NO_ROOM = "sessions_app/entry/no_room.html"


# Never from the browser's memory: Start after Back is another press, not a repeat.
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    require(request.user.is_csr, NotACsr)
    if request.method == "POST":
        email_box = bool(request.POST.get("email_box"))
        tracking = TrackingForm(request.POST, fields=fields_at_start())
        if not tracking.is_valid():
            return _start_page(request, tracking)
        press = secret_of_press(request, "start")
        session = start_session(email_box=email_box, tracking=tracking.values, press=press, by=request.user)
        page = reverse("dashboard", args=[session.key]) + ("#invite" if email_box else "")
        return changed(request, page, session=session.key)
    return _start_page(request, TrackingForm(fields=fields_at_start()))


def _start_page(request: SignedInRequest, tracking: TrackingForm) -> HttpResponse:
    privileges = found(request.user.privileges, NotACsr)
    mode = session_mode(SitePolicy.current(), privileges)
    running = SupportSession.objects.controlled_by(request.user)
    email_box = "email_box" in request.POST if request.method == "POST" else privileges.email_box_ticked
    form = StartForm(initial={"email_box": email_box})
    context = {
        "form": form,
        "tracking": tracking,
        "mode": mode,
        "off": _switched_off(request.user),
        "running": None if mode.multi else running.first(),
    }
    return render(request, "sessions_app/entry/start.html", context, status=FORM_REFUSED if tracking.errors else 200)


def _switched_off(csr: User) -> list[tuple[StrOrPromise, StrOrPromise]]:
    """What they cannot use in the session that they start, and why."""
    off = switched_off(SitePolicy.current(), csr.privileges, limits_of_teams(csr.teams.all()))
    return [(one.label, off[one]) for one in Capability if one in off]


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    form = JoinForm(request.POST or None)
    form.prefill(request.GET)
    # With a number that can be looked up, what is wrong with it is told together with the rest.
    is_valid = request.method == "POST" and form.is_valid()
    if not form.is_bound or "number" not in form.cleaned_data:
        return render_form(request, "sessions_app/entry/join.html", form)
    try:
        session = _session_of_number(request, form.cleaned_data["number"])
        if not is_valid:
            return render_form(request, "sessions_app/entry/join.html", form)
        came_by = Participant.CameBy.SIGNED if form.confirmed else Participant.CameBy.NUMBER
        return seat_from(request, session, form, came_by=came_by, confirmed=form.confirms)
    except SlowDown as refusal:
        warn_of_refusal(request, refusal.code)
        give_challenge(request, JOINING, attempt_at(form.cleaned_data["number"]), load=load_of_guesses())
        return render(request, "sessions_app/entry/join.html", {"form": form}, status=refusal.status)
    except NameTaken as refusal:
        return _join_refused(request, form, "name", refusal)
    except (NumberUnknown, TooManyAttempts, NoRoom) as refusal:
        if not waits_for_room(request, refusal):
            return _join_refused(request, form, "number", refusal)
        return answer_refusal(request, refusal, page=NO_ROOM, form=form)


def waits_for_room(request: HttpRequest, refusal: Refused) -> bool:
    """Whether the answer is the page that keeps what was typed: it goes on waiting where too many do."""
    return isinstance(refusal, NoRoom) or (isinstance(refusal, TooManyAttempts) and "again" in request.POST)


def _session_of_number(request: HttpRequest, typed: str) -> SupportSession:
    if request.user.is_authenticated and request.user.is_csr:
        return session_by_number_for_csr(typed, csr=request.user)
    passed = partial(has_passed, request, JOINING, attempt_at(typed))
    return session_by_number(typed, address=client_key(request), has_passed=passed)


def _join_refused(request: HttpRequest, form: JoinForm, field: str, refusal: Refused) -> HttpResponse:
    if field == "number":
        warn_of_refusal(request, refusal.code)
    if isinstance(refusal, TooManyAttempts):
        form.add_error(field, refusal.message)
    else:
        form.refuse(field, refusal.message)
    return render_form(request, "sessions_app/entry/join.html", form, status=refusal.status)


def seat_from(request: HttpRequest, session: SupportSession, form: PersonForm, **more: Any) -> HttpResponse:
    """Seat the customer who filled in `form` and go on to their page; a browser that has a seat already keeps it.

    `more` is join_session's.
    """
    seated = seat_in_family(request, session)
    if seated:
        return redirect(seated)
    count_join(session, address=client_key(request))
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    seat = secret_of_press(request, "seat", session.key)
    customer, seat = join_session(session, name=name, email=email, language=get_language(), seat=seat, **more)
    return SEAT.give(redirect(customer), customer.session.key, seat)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assist(request: SignedInRequest) -> HttpResponse:
    require(request.user.is_csr, NotACsr)
    # Who was asked to assist comes with the number.
    form = NumberForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method != "POST" or not form.is_valid():
        return render_form(request, "sessions_app/entry/assist.html", form)
    try:
        session = session_by_number_for_csr(form.cleaned_data["number"], csr=request.user)
    except (NumberUnknown, TooManyAttempts) as refusal:
        warn_of_refusal(request, refusal.code)
        form.add_error("number", refusal.message)
        return render_form(request, "sessions_app/entry/assist.html", form, status=refusal.status)
    assist_session(session, by=request.user)
    return redirect("dashboard", session.key)
