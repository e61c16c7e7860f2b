from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from supportcenter.json_types import Json

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Seconds after which someone who was told that the site is busy may ask again.
BUSY_FOR = 5


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An action refused, and changed nothing.

    `code` is for machines and tests, `message` (lazily translated) for people, `status` is the HTTP status. `facts` are
    JSON and go into the JSON answer, so that a page can say more, for example who took an offer. `try_again_later`
    means that only the moment is wrong, and the page says so.
    """

    code = "refused"
    message: StrOrPromise = ""
    status = 403
    try_again_later = False

    def __init__(self, message: StrOrPromise | None = None, **facts: Json) -> None:
        self.message = message or self.message
        self.facts = facts
        super().__init__(self.code)


class Forbidden(Refused):
    """The person may not do this at all."""

    code = "forbidden"
    status = 403


class Missing(Refused):
    """There is no such thing, or none that the person may see."""

    code = "missing"
    status = 404


class Conflict(Refused):
    """It is allowed, but not in the present state (E12: the first commit wins)."""

    code = "conflict"
    status = 409


class Gone(Refused):
    """It was there, and is over for good."""

    code = "gone"
    status = 410


class TooMany(Refused):
    """Asked too often; `facts["retry_after"]` is how many seconds to wait."""

    code = "too_many"
    status = 429


class Unreadable(Refused):
    """The request is not written as ours are: another alphabet of bytes, broken parts."""

    code = "unreadable_request"
    message = _("This site could not read what your browser sent. Reload the page and try again.")
    status = 400


class TooLarge(Refused):
    """The request brings more bytes than its page takes."""

    code = "too_large"
    message = _("That is more than this page can take.")
    status = 413


class Busy(Refused):
    """Too many wait already; `facts["retry_after"]` is how many seconds to wait."""

    code = "busy"
    message = _("The site is very busy at the moment. Running sessions are not affected.")
    status = 503
    try_again_later = True

    def __init__(self) -> None:
        super().__init__(retry_after=BUSY_FOR)


def require(fact: object, refusal: type[Refused], **facts: Json) -> None:
    """Raise `refusal` with these facts unless `fact` is true."""
    if not fact:
        raise refusal(**facts)
