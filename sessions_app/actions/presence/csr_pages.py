"""The open pages of CSRs, each a connection to what reaches its person. Who has none cannot be asked for anything."""

from collections.abc import Collection
from datetime import timedelta

from sessions_app.models import CsrPage
from supportcenter import clock
from supportcenter.accounts.models import User

# How long the row of a page is kept whose process has died. It counts as gone long before.
FORGOTTEN = timedelta(hours=1)


def open_page(user: User) -> int:
    """Note that a page of the CSR has opened; returns the key by which heartbeats and its closing name it."""
    return CsrPage.objects.create(user=user).pk


def close_page(page: int) -> None:
    CsrPage.objects.filter(pk=page).delete()


def note_seen(pages: Collection[int]) -> None:
    CsrPage.objects.filter(pk__in=pages).update(seen_at=clock.now())


def forget_silent() -> None:
    CsrPage.objects.filter(seen_at__lt=clock.now() - FORGOTTEN).delete()
