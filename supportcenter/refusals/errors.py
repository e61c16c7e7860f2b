from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An action said no and changed nothing.

    `code` is for machines and tests, `message` (lazily translated) for people. `facts` travel with the JSON answer so
    that a page can say more, for example who took an offer.
    """

    code = "refused"
    message: StrOrPromise = ""
    status = 403

    def __init__(self, message: StrOrPromise | None = None, **facts: Any) -> None:
        self.message = message or self.message
        self.facts = facts
        super().__init__(self.code)


class Forbidden(Refused):
    """The person may not do this at all."""

    code = "forbidden"
    status = 403


class Missing(Refused):
    """There is no such thing within the person's sight."""

    code = "missing"
    status = 404


class Conflict(Refused):
    """It could have been done, but not in the state things are in now (E12: the first commit wins)."""

    code = "conflict"
    status = 409


class Gone(Refused):
    """It was there and is over for good."""

    code = "gone"
    status = 410


class TooMany(Refused):
    """Asked too often; `facts["retry_after"]` counts the seconds to wait."""

    code = "too_many"
    status = 429


def require(fact: object, refusal: type[Refused], **facts: Any) -> None:
    """Raise `refusal` unless `fact` holds."""
    if not fact:
        raise refusal(**facts)
