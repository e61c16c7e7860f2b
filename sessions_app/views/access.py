"""The two doors to a session: CSRs come in by their account, customers by the cookie of their seat."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Case, Q, When
from django.http import Http404

from sessions_app.errors import NotInSession
from sessions_app.models import Participant
from sessions_app.models.participant import digest
from sessions_app.rules.streams import LOBBY_OF_PARTICIPANT, STREAM_OF_PARTICIPANT
from supportcenter.live.log.eventlog import position_of
from supportcenter.refusals import require
from supportcenter.refusals.answers import wants_json

SEAT = "seat-"


def csr_door(view):
    """Call `view(request, session, me)` for a CSR who is or was in the session; for others there is no such session."""

    @wraps(view)
    def guarded(request, key, **more):
        if not request.user.is_authenticated:
            if wants_json(request) or request.method == "POST":
                raise NotInSession
            return redirect_to_login(request.get_full_path())
        me = Participant.objects.filter(session__key=key, user=request.user, user__is_active=True)
        me = _with_session(me).order_by("-joined_at").first()
        if me is None:
            raise Http404
        me.user = request.user
        return view(request, session=me.session, me=me, **more)

    return guarded


def customer_door(view):
    """Call `view(request, session, me)` for the customer whose seat cookie this browser holds."""

    @wraps(view)
    def guarded(request, key, **more):
        me = customer_with_seat(key, request.COOKIES.get(seat_cookie(key)))
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


def customer_with_seat(key, seat):
    if not seat:
        return None
    return _with_session(Participant.objects.customers().filter(session__key=key, seat_hash=digest(seat))).first()


def csr_with_tab(key, *, page, secret):
    """The CSR whose page this is, by the secret of its tab alone: good for saying that it goes, and no more."""
    if not (page and secret):
        return None
    csrs = Participant.objects.present().csrs().filter(session__key=key, page=page, tab_hash=digest(secret))
    return _with_session(csrs).select_related("user").first()


def _with_session(participants):
    """And `position`, where the log that the page will follow stands at this moment: it hears what comes after."""
    in_the_lobby = When(admitted_at=None, then=position_of(LOBBY_OF_PARTICIPANT))
    position = Case(in_the_lobby, default=position_of(STREAM_OF_PARTICIPANT))
    return participants.select_related("session").annotate(position=position)


def seat_in_family(request, session):
    """The seat this browser holds in the session, or in one that branched from it (E34); None if it has none."""
    seats = [digest(value) for name, value in request.COOKIES.items() if name.startswith(SEAT)]
    family = Q(session=session) | Q(session__branched_from=session)
    mine = Participant.objects.customers().present().filter(family, session__ended_at=None, seat_hash__in=seats)
    return mine.select_related("session").first()


def seat_customer(response, participant, seat):
    """Hand the browser its seat: HttpOnly, for the life of a session and the survey after it."""
    response.set_cookie(
        seat_cookie(participant.session.key),
        seat,
        max_age=24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE_SITE,
    )
    return response


def seat_cookie(key):
    return SEAT + key
