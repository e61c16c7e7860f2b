import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from supportcenter.live.models import Audience


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who follows which stream, and as which audience. An Actor: the sender of signals, and `by` of an event.

    What the stream held up to event `since` is not this viewer's to read.
    """

    key: str
    name: str
    audience: Audience
    stream: str
    language: str | None = None
    since: int = 0

    @property
    def is_staff(self) -> bool:
        return self.audience == Audience.STAFF

    @property
    def event_key(self) -> str:
        return self.key

    @property
    def display_name(self) -> str:
        return self.name


def sign_in_digest(request: HttpRequest) -> str | None:
    """The browser's sign-in, as messages between processes name it; its key itself would sign anybody in."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return digest_of(key) if key else None


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
