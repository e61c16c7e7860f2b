"""Where a person is signed in, as they and administrators read it (E71)."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext

from supportcenter.accounts.actions.activity import NO_ADDRESS
from supportcenter.accounts.models import User
from supportcenter.accounts.rights import SignedIn, read_sign_ins
from supportcenter.browsers import browser_of, product_named

# The latest of them; nobody has so many devices.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class ShownSignIn:
    pk: int
    device: str
    address: str
    began_at: datetime
    active_at: datetime
    is_this: bool


def sign_ins_of(person: User, *, this: str = "") -> list[ShownSignIn]:
    """Those that hold, the one with the key `this` first, then by their last activity."""
    rows = list(UserSession.objects.filter(user=person).order_by("-last_seen_at", "-pk")[:SHOWN])
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    holds = [SignedIn(str(person.pk), each) for each in hashes]
    found = read_sign_ins([row.session_key for row in rows])
    shown = [_shown(row, this) for row in rows if found.get(row.session_key) in holds]
    return sorted(shown, key=lambda one: not one.is_this)


def _shown(row: UserSession, this: str) -> ShownSignIn:
    return ShownSignIn(
        pk=row.pk,
        device=product_named(*browser_of(row.user_agent)) if row.user_agent else gettext("unknown browser"),
        address="" if row.ip == NO_ADDRESS else row.ip,
        began_at=row.created_at,
        active_at=row.last_seen_at,
        is_this=row.session_key == this,
    )
