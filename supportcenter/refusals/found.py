from typing import Any, TypeVar

from supportcenter.refusals.errors import Refused

Row = TypeVar("Row")


def found(row: Row | None, refusal: type[Refused], **facts: Any) -> Row:
    """Return `row`, or raise `refusal` if there is none: `found(customers.first(), NoSuchParticipant)`."""
    if row is None:
        raise refusal(**facts)
    return row
