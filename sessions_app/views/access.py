"""The two doors to a session: CSRs come in by their account, customers by the cookie of their seat."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from sessions_app.errors import NotInSession
from sessions_app.rules.seats import SEAT, csr_with_account, customer_with_seat
from supportcenter.refusals import require
from supportcenter.responses import wants_json


def csr_door(view):
    """Call `view(request, session, me)` for a CSR who is or was in the session; for others there is no such session."""

    @wraps(view)
    def guarded(request, key, **more):
        if not request.user.is_authenticated:
            if wants_json(request) or request.method == "POST":
                raise NotInSession
            return redirect_to_login(request.get_full_path())
        me = csr_with_account(key, request.user)
        if me is None:
            raise Http404
        return view(request, session=me.session, me=me, **more)

    return guarded


def customer_door(view):
    """Call `view(request, session, me)` for the customer whose seat cookie this browser holds."""

    @wraps(view)
    def guarded(request, key, **more):
        me = customer_with_seat(key, SEAT.secret(request, key))
        if me is None:
            raise Http404
        return view(request, session=me.session, me=me, **more)

    return guarded


def in_session(view):
    """Refuse whoever has left: the seat or the account still finds the row, for the pages that come after."""

    @wraps(view)
    def guarded(request, *, session, me, **more):
        require(me.is_present, NotInSession)
        return view(request, session=session, me=me, **more)

    return guarded
