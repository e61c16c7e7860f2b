"""Sign-ins in the database, as Django keeps them; each request of a representative begins with reading one."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from supportcenter import clock
from supportcenter.kept_sql import kept_rows


class SessionStore(db.SessionStore):
    # While it is found out who is signed in (`current_user.py`).
    keeps_key = False

    def cycle_key(self) -> None:
        if not self.keeps_key:
            super().cycle_key()

    def _get_session_from_db(self) -> Session | None:
        found = _valid.first(key=self.session_key, now=clock.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


@kept_rows
def _valid(*, key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
