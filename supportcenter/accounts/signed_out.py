"""Why a browser is signed in no longer, in words for the sign-in page (E71).

The row of a sign-in that was ended stays for a day, emptied, and says why; one that has reached a limit says it by
what is in it. A browser that finds its sign-in gone loses its cookie, so the reason goes on in a cookie of its own,
which is a word of ours and opens nothing.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.session_store import SessionStore
from supportcenter.accounts.sign_in_times import is_signed_in, longest_until
from supportcenter.mounting import cookie_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COOKIE = cookie_name("signed_out", settings.MOUNT)
# Seconds: as long as it takes to come to the sign-in page and to read it.
COOKIE_AGE = 600
# How long the row of a sign-in that is over is kept for this.
TOLD_FOR = timedelta(days=1)
# What the row of a sign-in holds that was ended.
ENDED = "ended"


class Why(models.TextChoices):
    ELSEWHERE = "elsewhere", _("You were signed out from another of your devices.")
    ADMINISTRATOR = "administrator", _("An administrator has signed you out.")
    PASSWORD = "password", _("Your password has been changed, so you were signed out.")  # noqa: S105 - no password
    PROVIDER = "provider", _("The sign-in service has signed you out.")
    ACCOUNT = "account", _("Your account can no longer be used. Ask an administrator.")
    IDLE = "idle", _("You had not used the site for a while, so you were signed out.")
    LIMIT = "limit", _("You had been signed in for as long as this site allows.")


def remember_why(response: HttpResponseBase, key: str) -> None:
    """Have the sign-in page say why the sign-in with this key is over, if that is known."""
    if why := why_over(key):
        response.set_cookie(
            COOKIE, why.value, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
        )


def why_said(request: HttpRequest) -> "StrOrPromise | None":
    """The sentence for a browser: of the sign-in with which it comes, else of the one that it was told of before."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    word = (key and why_over(key)) or request.COOKIES.get(COOKIE)
    return Why(word).label if word in Why.values else None


def why_over(key: str) -> Why | None:
    """None for a sign-in that holds, for one that its person has ended, and for one that was over long ago."""
    row = Session.objects.filter(pk=key, expire_date__lte=clock.now()).first()
    return _why_of(SessionStore().decode(row.session_data)) if row else None


def _why_of(data: dict[str, Any]) -> Why | None:
    if ENDED in data:
        return Why(data[ENDED])
    if not is_signed_in(data):
        return None
    limit = longest_until(data, SitePolicy.current())
    return Why.LIMIT if limit and limit <= clock.now() else Why.IDLE
