"""On what pages of people with an account are let in, as each heartbeat reads it again (`live/sockets/rights.py`)."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.dispatch import Signal
from django.http import HttpRequest

from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.accounts.sign_in import SignIn, read_with_rights
from supportcenter.live.sockets.rights import OVER, Ground

# Sent with `user`, read again, in the transaction that has changed what they may do.
rights_changed = Signal()
# Sent with the `leads` of a team, in the transaction that has changed who is in it.
team_changed = Signal()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and with which password (as its hash's hash). `until` moves, and changes no right."""

    account: str | None
    password: str | None
    until: datetime | None = field(default=None, compare=False)


def account_grounds(request: HttpRequest, user: User) -> list[Ground]:
    """The sign-in of this browser, and the account with everything that decides what it may do."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    sign_in = SignedIn(str(user.pk), user.get_session_auth_hash(), getattr(request.session, "ends_at", None))
    if settings.SECRET_KEY_FALLBACKS:
        # It may have been made with a former secret key, until the next request of the browser.
        held = read_sign_ins([key]).get(key)
        sign_in = held if isinstance(held, SignedIn) else sign_in
    return [Ground(read_sign_ins, key, sign_in), Ground(read_accounts, user.pk, _rights_of(user))]


def is_signed_in(user: User, key: str) -> bool:
    """Whether that sign-in is there, and of the user with the present password."""
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return read_sign_ins([key]).get(key) in [SignedIn(str(user.pk), each) for each in hashes]


def read_sign_ins(keys: list[str]) -> dict[str, Hashable]:
    """Who is signed in by each session; OVER where a limit is reached, or somebody has ended it."""
    now, decode = clock.now(), SessionStore().decode
    found: dict[str, Hashable] = {}
    for row in Session.objects.filter(session_key__in=keys):
        data = decode(row.session_data) if row.expire_date > now else {}
        signed_in = SignedIn(data.get(SESSION_KEY), data.get(HASH_SESSION_KEY), row.expire_date)
        found[row.session_key] = signed_in if row.expire_date > now else OVER
    return found


def read_accounts(keys: list[int]) -> dict[int, Hashable]:
    return {user.pk: _rights_of(user) for user in read_with_rights().filter(pk__in=keys)}


def _rights_of(user: User) -> Hashable:
    rows = [_key_in_use(getattr(user, name, None)) for name in SignIn.read_along]
    manages = user.privileges is not None and user.privileges.manager
    own = (user.password, user.is_active, user.is_superuser, user.is_staff)
    return (*own, manages, user.is_lead, user.is_shut_out, *rows)


def _key_in_use(row: Model | None) -> Hashable:
    """A row that is kept for the past gives no right."""
    return row.pk if row is not None and getattr(row, "is_active", True) else None
