from __future__ import annotations

from typing import TYPE_CHECKING

from supportcenter.json_types import Json

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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


def require(fact: object, refusal: type[Refused], **facts: Json) -> None:
    """Raise `refusal` with these facts unless `fact` is true."""
    if not fact:
        raise refusal(**facts)
