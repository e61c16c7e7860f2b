"""A browser that is known again, because its customer wants that: the next representative is told of it (E62).

The browser keeps a random token, and each seat that it has had since the digest of it.
"""

import secrets
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sessions_app.models import Participant
from supportcenter.accounts.models import SitePolicy
from supportcenter.browser_secrets import digest

COOKIE = f"{settings.COOKIE_PREFIX}remembered"
KEPT_DAYS = 180
LONGEST = 64

Response = TypeVar("Response", bound=HttpResponse)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_of(request: HttpRequest) -> str:
    """What this browser keeps, or an empty string."""
    token = request.COOKIES.get(COOKIE, "")
    return token if len(token) <= LONGEST else ""


def browser_known_by(token: str) -> str:
    """The digest for the seat of a browser with this token; none on a site that shows nothing by it."""
    return digest(token) if token and remembers() else ""


def is_known_by(token: str, customer: Participant) -> bool:
    """Whether the next representative is told of this seat. One that has not reported its device has no digest yet."""
    return customer.browser_hash != "" and customer.browser_hash == browser_known_by(token)


def remembers() -> bool:
    return SitePolicy.current().earlier_sessions != SitePolicy.Earlier.OFF


def give(response: Response, token: str) -> Response:
    response.set_cookie(
        COOKIE, token, max_age=KEPT_DAYS * 86400, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
    )
    return response


def take(response: Response) -> Response:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
