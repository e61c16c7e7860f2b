"""What monitoring reads: a page of the open sessions that a user watches, and of what changed only the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from django.db.models import Prefetch

from sessions_app.models import Activity, Participant, SupportSession
from sessions_app.models.support_session import SupportSessionQuerySet
from sessions_app.queries.room import SESSIONS_SHOWN
from sessions_app.rules.permissions import is_watched
from supportcenter.accounts.models import User
from supportcenter.reporting.first_rows import FirstRows, first_rows
from supportcenter.reporting.keyset_pages import Page, page_of

ON_HOME = 10


def open_sessions(user: User, at: str = "") -> Page[SupportSession]:
    """A page of the open sessions that this user watches, each with its `people` and its `running` activities."""
    return page_of("open", _drawn(_watched(user)), at, most=SESSIONS_SHOWN)


def longest_open_sessions() -> FirstRows[SupportSession]:
    """The sessions that have run longest, drawn likewise, for the home page of those who may read every record."""
    return first_rows(_drawn(SupportSession.objects.open().order_by("started_at")), ON_HOME)


def open_order(user: User, at: str = "") -> Page[SupportSession]:
    """Which sessions `open_sessions` has on that page, and nothing else of them."""
    return page_of("open", _watched(user).only("key"), at, most=SESSIONS_SHOWN)


def changed_rows(order: Page[SupportSession], keys: Collection[str]) -> list[SupportSession]:
    """Those sessions of the page that have one of these keys, drawn as `open_sessions` draws them."""
    asked = [row.pk for row in order.rows if row.key in keys]
    # One that has ended since is on no page any more.
    return list(_drawn(SupportSession.objects.open().filter(pk__in=asked))) if asked else []


def order_tag(page: Page[SupportSession]) -> str:
    """Names the page's rows, their order and the ways to other pages: while it is the same, so are they."""
    said = [*(row.key for row in page.rows), page.before is not None, page.after is not None]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:20]


def _watched(user: User) -> SupportSessionQuerySet:
    return SupportSession.objects.open().filter(is_watched(user))


def _drawn(sessions: SupportSessionQuerySet) -> SupportSessionQuerySet:
    return sessions.select_related("primary", "current_customer").prefetch_related(
        Prefetch("participants", Participant.objects.present(), to_attr="people"),
        Prefetch("activities", Activity.objects.alive(), to_attr="running"),
    )
