"""On what pages of people with an account are let in, as each heartbeat reads it again (`live/sockets/rights.py`)."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.dispatch import Signal
from django.http import HttpRequest

from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.accounts.sign_in import SignIn
from supportcenter.live.sockets.rights import OVER, Ground

# Sent with `user`, read again, in the transaction that has changed what they may do.
rights_changed = Signal()


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
    return [Ground(read_sign_ins, key, sign_in), Ground(read_accounts, user.pk, _rights_of(user))]


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
    users = User.objects.select_related(*SignIn.read_along).filter(pk__in=keys)
    return {user.pk: _rights_of(user) for user in users}


def _rights_of(user: User) -> Hashable:
    rows = [getattr(getattr(user, name, None), "pk", None) for name in SignIn.read_along]
    manages = user.privileges is not None and user.privileges.manager
    return (user.password, user.is_active, user.is_superuser, user.is_staff, manages, *rows)
