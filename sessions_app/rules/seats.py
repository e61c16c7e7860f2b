"""Whose page this is: CSRs are known by their account, customers by the cookie of their seat."""

from collections.abc import Hashable
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest

from sessions_app.models import Participant, SupportSession
from sessions_app.rules.streams import LOBBY_OF_PARTICIPANT, STREAM_OF_PARTICIPANT
from supportcenter.accounts.models import User
from supportcenter.browser_secrets import SecretCookie, digest
from supportcenter.kept_sql import kept_rows
from supportcenter.live.log.eventlog import position_of

SEAT = SecretCookie("seat-")
seat_cookie = SEAT.name


def csr_with_account(key: str, user: User) -> Participant | None:
    """The CSR who is in the session, or was the last time: they still find the row after they have left.

    An account that is no CSR's (any more) finds none (E11).
    """
    if not user.is_csr:
        return None
    me = _csr.first(key=key, user=user.pk)
    if me:
        me.user = user
    return me


def customer_with_seat(key: str, seat: str) -> Participant | None:
    return _customer.first(key=key, seat=digest(seat)) if seat else None


def seat_of(me: Participant) -> Hashable:
    """What keeps a page in the session: that they are in it, and the seat by which a customer is known."""
    return (me.seat_hash, me.is_present and me.session.is_open, me.is_admitted)


def read_seats(participants: list[int]) -> dict[int, Hashable]:
    """`seat_of` each of these participants, now."""
    rows = Participant.objects.select_related("session").filter(pk__in=participants)
    return {me.pk: seat_of(me) for me in rows}


def csr_with_tab(key: str, *, page: str, secret: str) -> Participant | None:
    """The CSR whose page this is, by the secret of its tab alone: good for saying that it goes, and no more."""
    if not (page and secret):
        return None
    csrs = Participant.objects.present().csrs().filter(session__key=key, page=page, tab_hash=digest(secret))
    return _with_session(csrs).select_related("user").first()


def seat_in_family(
    request: HttpRequest, session: SupportSession, *, invited_at: datetime | None = None
) -> Participant | None:
    """The seat that this browser holds in the session, or in one that branched from it (E34).

    Or the one that it held, if the primary has removed its customer from a session of this family: then there is no
    other for this browser, and the seat's page says so (E49). Only an invitation made after that gives another.
    """
    digests = list(SEAT.digests(request))
    if not digests:
        return None
    mine = Participant.objects.customers().filter(seat_hash__in=digests).select_related("session")
    branches = Q(session=session) | Q(session__branched_from=session)
    seated = mine.present().filter(branches, session__ended_at=None).first()
    lost = mine.shown_out().filter(session__in=SupportSession.objects.family_of(session))
    if invited_at:
        lost = lost.filter(left_at__gte=invited_at)
    return seated or lost.first()


@kept_rows
def _csr(*, key: str, user: int) -> QuerySet[Participant]:
    mine = Participant.objects.filter(session__key=key, user=user, user__is_active=True)
    return _with_session(mine).order_by("-joined_at")[:1]


@kept_rows
def _customer(*, key: str, seat: str) -> QuerySet[Participant]:
    return _with_session(Participant.objects.customers().filter(session__key=key, seat_hash=seat)).order_by()


def _with_session(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """And `position`, where the log that the page will follow stands at this moment: it hears what comes after."""
    in_the_lobby = When(admitted_at=None, then=position_of(LOBBY_OF_PARTICIPANT))
    position = Case(in_the_lobby, default=position_of(STREAM_OF_PARTICIPANT))
    return participants.select_related("session").annotate(position=position)
