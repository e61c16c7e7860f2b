"""Secrets that a browser holds and the database knows only by their digest: seats, places, tabs, links."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Seconds: the life of a session, and of the survey after it.
KEPT_FOR = 24 * 3600


def digest(secret: str) -> str:
    """What the database keeps of a secret, so that a look at the database gives none away."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class SecretCookie:
    """A cookie for each key: one browser may hold several at a time."""

    word: str

    @property
    def prefix(self) -> str:
        return settings.COOKIE_PREFIX + self.word

    def name(self, key: str) -> str:
        return self.prefix + key

    def secret(self, request: HttpRequest, key: str) -> str:
        """The secret that this browser holds for `key`, or an empty string."""
        return request.COOKIES.get(self.name(key), "")

    def digests(self, request: HttpRequest) -> Iterable[str]:
        """The digests of all that this browser holds, whatever their keys."""
        return [digest(secret) for name, secret in request.COOKIES.items() if name.startswith(self.prefix)]

    def give(self, response: HttpResponse, key: str, secret: str) -> HttpResponse:
        response.set_cookie(
            self.name(key), secret, max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.SECURE_SITE
        )
        return response
