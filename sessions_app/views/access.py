"""Who gets to a view: CSRs come by their account, customers by the cookie of their seat.

Views get `session` and `me`, the participant who asks. A verb that both have is one view with two URLs, of which each
says whose it is by `kind` (see `both` in urls.py).
"""

import math
import time
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from limits import RateLimitItem, RateLimitItemPerMinute

from sessions_app.errors import NotAdmitted, NotInSession, TooFast
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.seats import SEAT, csr_with_account, csr_with_tab, customer_with_seat
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require
from supportcenter.responses import View, wants_json

# Changes that one person can make in a session in a minute, chat and all, over all their pages. Nobody works so fast.
BRAKE = RateLimitItemPerMinute(240)


def _brake(request: HttpRequest, me: Participant, view: View) -> None:
    """Count a change of this person; so no log grows without bound, whatever verb is repeated (E50)."""
    if request.method != "POST" or getattr(view, "own_pace", False):
        return
    hold_back(me, BRAKE, "verbs")


def hold_back(me: Participant, limit: RateLimitItem, what: str) -> None:
    """Count one more of what a person does; raises TooFast."""
    limiter, who = rate_limiter(), (what, me.event_key)
    if not limiter.hit(limit, *who):
        wait = limiter.get_window_stats(limit, *who).reset_time - time.time()
        raise TooFast(retry_after=max(1, math.ceil(wait)))


def csr_required(view: View) -> View:
    """Call `view(request, session, me)` for a CSR who is or was in the session; for others there is no such session."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str, **more: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if wants_json(request) or request.method == "POST":
                raise NotInSession
            return redirect_to_login(request.get_full_path())
        me = csr_with_account(key, request.user)
        if me is None:
            raise Http404
        _brake(request, me, view)
        return view(request, session=me.session, me=me, **more)

    return guarded


def csr_or_tab_required(view: View) -> View:
    """As `csr_required`, but a page may go because its CSR has just signed out: then its tab's secret will do (E1)."""
    by_account = csr_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, key: str) -> HttpResponseBase:
        if request.user.is_authenticated:
            return by_account(request, key=key)
        me = csr_with_tab(key, page=request.POST.get("page", ""), secret=request.POST.get("secret", ""))
        if me is None:
            raise NotInSession
        return view(request, session=me.session, me=me)

    return guarded


def customer_required(view: View) -> View:
    """Call `view(request, session, me)` for the customer whose seat this browser holds, once they were let in (E49)."""

    @wraps(view)
    def admitted(request: HttpRequest, *, session: SupportSession, me: Participant, **more: Any) -> HttpResponseBase:
        require(me.is_admitted or me.is_present, NotInSession)
        require(me.is_admitted, NotAdmitted)
        return view(request, session=session, me=me, **more)

    return seat_required(admitted)


def seat_required(view: View) -> View:
    """As `customer_required`, but in the lobby too: for the page there, for going away, and for what comes after."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str, **more: Any) -> HttpResponseBase:
        me = customer_with_seat(key, SEAT.secret(request, key))
        if me is None:
            raise Http404
        _brake(request, me, view)
        return view(request, session=me.session, me=me, **more)

    return guarded


def participant_required(view: View) -> View:
    """Call `view(request, session, me)` for a CSR or a customer, whichever the URL is for."""
    return wraps(view)(by_kind(csr=csr_required(view), customer=customer_required(view)))


def by_kind(*, csr: View, customer: View) -> View:
    """One view for both URLs of a pair, where CSRs and customers are found differently."""
    views: dict[str, View] = {Participant.Kind.CSR: csr, Participant.Kind.CUSTOMER: customer}

    def guarded(request: HttpRequest, kind: str, **more: Any) -> HttpResponseBase:
        return views[kind](request, **more)

    return guarded


def presence_required(view: View) -> View:
    """Refuse those who have left: the seat or the account still finds the row, for the pages that come after."""

    @wraps(view)
    def guarded(request: HttpRequest, *, session: SupportSession, me: Participant, **more: Any) -> HttpResponseBase:
        require(me.is_present, NotInSession)
        return view(request, session=session, me=me, **more)

    return guarded
