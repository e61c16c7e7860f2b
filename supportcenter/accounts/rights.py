"""On what pages of people with an account are let in, as each heartbeat reads it again (`live/sockets/rights.py`)."""

from collections.abc import Hashable

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.dispatch import Signal
from django.http import HttpRequest

from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.accounts.sign_in import SignIn, read_with_rights
from supportcenter.live.sockets.rights import Ground

# Sent with `user`, read again, in the transaction that has changed what they may do.
rights_changed = Signal()
# Sent with the `leads` of a team, in the transaction that has changed who is in it.
team_changed = Signal()


def account_grounds(request: HttpRequest, user: User) -> list[Ground]:
    """The sign-in of this browser, and the account with everything that decides what it may do."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    sign_in = (str(user.pk), user.get_session_auth_hash())
    return [Ground(read_sign_ins, key, sign_in), Ground(read_accounts, user.pk, _rights_of(user))]


def read_sign_ins(keys: list[str]) -> dict[str, Hashable]:
    """Who is signed in by each session, and with which password (as its hash's hash)."""
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    decode = SessionStore().decode
    held = {key: decode(data) for key, data in rows.values_list("session_key", "session_data")}
    return {key: (data.get(SESSION_KEY), data.get(HASH_SESSION_KEY)) for key, data in held.items()}


def read_accounts(keys: list[int]) -> dict[int, Hashable]:
    return {user.pk: _rights_of(user) for user in read_with_rights().filter(pk__in=keys)}


def _rights_of(user: User) -> Hashable:
    rows = [getattr(getattr(user, name, None), "pk", None) for name in SignIn.read_along]
    manages = user.privileges is not None and user.privileges.manager
    return (user.password, user.is_active, user.is_superuser, user.is_staff, manages, user.is_lead, *rows)
