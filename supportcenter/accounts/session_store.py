"""Sign-ins in the database, as Django keeps them; each request of a representative begins with reading one.

When a sign-in ends is in its row's `expire_date`, which is what its limits come to (`sign_in_times.py`): so a sign-in
that has reached one is found by nobody, and no page asks for that.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.sign_in_times import LONGEST, holds_until, is_signed_in, proved_at
from supportcenter.kept_sql import kept_rows


class SessionStore(db.SessionStore):
    # When the sign-in that was read ends, and which one it was: its key, and when its person proved who they are.
    ends_at: datetime | None = None
    _read: tuple[str | None, datetime | None] | None = None

    # While it is found out who is signed in (`current_user.py`).
    keeps_key = False

    def load(self) -> dict[str, Any]:
        data: dict[str, Any] = super().load()
        self._read = (self.session_key, proved_at(data))
        return data

    def save(self, must_create: bool = False) -> None:
        """What has ended meanwhile stays so, whatever a request that began before it has still to keep."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self.kept)
        alive = Session.objects.filter(pk=row.pk, expire_date__gt=clock.now())
        if not alive.update(session_data=row.session_data, expire_date=row.expire_date):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """What is shown of a sign-in goes with it."""
        key = session_key or self.session_key
        super().delete(session_key)
        if key:
            UserSession.objects.filter(session_key=key).delete()

    def get_expiry_age(self, **times: Any) -> int:
        """The browser keeps the cookie of a sign-in for as long as it can: the site decides when that ends."""
        if is_signed_in(self.kept):
            return int(LONGEST.total_seconds())
        age: int = super().get_expiry_age(**times)
        return age

    @property
    def kept(self) -> dict[str, Any]:
        """All that the session holds."""
        return dict(self.items())

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        if is_signed_in(data):
            row.expire_date = self._end_of(data)
        return row

    def _end_of(self, data: Mapping[str, Any]) -> datetime:
        """What it was, unless this is another sign-in or its person has proved again who they are."""
        written = (self.session_key, proved_at(data))
        if self.ends_at is None or self._read != written:
            self.ends_at = holds_until(data, SitePolicy.current(), active_at=clock.now())
            self._read = written
        return self.ends_at

    def cycle_key(self) -> None:
        if not self.keeps_key:
            super().cycle_key()

    def _get_session_from_db(self) -> Session | None:
        found = _valid.first(key=self.session_key, now=clock.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        self.ends_at = found.expire_date if found else None
        return found


@kept_rows
def _valid(*, key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
