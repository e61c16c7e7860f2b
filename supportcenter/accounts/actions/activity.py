"""When somebody was last active in each of their sign-ins, and so until when it holds (E71).

Written at most once a minute for each, beside the request or the heartbeat, and never for a page that only looks again.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import datetime
from ipaddress import ip_address

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.session_store import SessionStore
from supportcenter.accounts.sign_in_times import STEP, holds_until
from supportcenter.client_address import client_address

# Of a browser that has none, as by a socket of the file system; the column takes no empty one.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing listens there
MOST_NOTED = 20_000
# Sign-ins that one job brings up to date.
AT_ONCE = 500


class Noted:
    """Which sign-ins this process has noted within the last minute: nothing is asked for them."""

    def __init__(self) -> None:
        self._at: OrderedDict[str, datetime] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, now: datetime) -> bool:
        """Whether it is time to note this one, which then counts as noted."""
        with self._lock:
            last = self._at.get(key)
            if last is not None and last <= now < last + STEP:
                return False
            self._at[key] = now
            self._at.move_to_end(key)
            if len(self._at) > MOST_NOTED:
                self._at.popitem(last=False)
            return True

    def clear(self) -> None:
        with self._lock:
            self._at.clear()


noted = Noted()


def note_sign_in(request: HttpRequest, user_pk: int) -> None:
    """Keep what is shown of a sign-in: its browser and its address, from now on."""
    key = request.session.session_key
    if not key:
        return
    now = clock.now()
    noted.take(key, now)
    longest = UserSession._meta.get_field("user_agent").max_length
    facts = {
        "user_id": user_pk,
        "ip": _address_of(request),
        "user_agent": request.META.get("HTTP_USER_AGENT", "")[:longest],
        "created_at": now,
        "last_seen_at": now,
    }
    # Two requests at once may both find that it is missing.
    try:
        with transaction.atomic():
            UserSession.objects.update_or_create(session_key=key, defaults=facts)
    except IntegrityError:
        return


def note_request(request: HttpRequest, session: SessionBase, user_pk: int) -> None:
    """The person has done something."""
    key, now = session.session_key, clock.now()
    if not key or not noted.take(key, now):
        return
    row = UserSession.objects.filter(session_key=key)
    if not row.filter(last_seen_at__lt=now - STEP).update(last_seen_at=now, ip=_address_of(request)):
        # Another process has noted it within the minute; or it is of an earlier release.
        if row.exists():
            return
        note_sign_in(request, user_pk)
    if isinstance(session, SessionStore):
        session.ends_at = holds_until(session, SitePolicy.current(), active_at=now)
        Session.objects.filter(pk=key, expire_date__gt=now).update(expire_date=session.ends_at)


def note_at_work(keys: Collection[str]) -> None:
    """Pages of these sign-ins are connected that count as activity: a running session, a queue that is served."""
    now = clock.now()
    stale = UserSession.objects.filter(session_key__in=keys, last_seen_at__lt=now - STEP)
    due = list(stale.values_list("session_key", flat=True))
    if not due:
        return
    UserSession.objects.filter(session_key__in=due).update(last_seen_at=now)
    _renew(dict.fromkeys(due, now))


def apply_limits(above: int) -> int:
    """Have the limits of now count for some of the sign-ins; returns the key of the last one, or 0 at the end."""
    rows = UserSession.objects.filter(pk__gt=above).order_by("pk")[:AT_ONCE]
    active_at = {row.session_key: row.last_seen_at for row in rows}
    _renew(active_at)
    return rows[len(active_at) - 1].pk if len(active_at) == AT_ONCE else 0


def _renew(active_at: Mapping[str, datetime]) -> None:
    """What has ended stays so, and of two who write at once the first one counts."""
    policy, decode = SitePolicy.current(), SessionStore().decode
    for row in Session.objects.filter(pk__in=active_at, expire_date__gt=clock.now()):
        until = holds_until(decode(row.session_data), policy, active_at=active_at[row.pk])
        if until != row.expire_date:
            Session.objects.filter(pk=row.pk, expire_date=row.expire_date).update(expire_date=until)


def _address_of(request: HttpRequest) -> str:
    try:
        return str(ip_address(client_address(request)))
    except ValueError:
        return NO_ADDRESS
