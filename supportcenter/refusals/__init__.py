"""The one way to say no: a code for machines, a translated sentence for people."""

from supportcenter.refusals.errors import (
    Busy,
    Conflict,
    Forbidden,
    Gone,
    Missing,
    Refused,
    TooLarge,
    TooMany,
    Unreadable,
    require,
)

__all__ = [
    "Busy",
    "Conflict",
    "Forbidden",
    "Gone",
    "Missing",
    "Refused",
    "TooLarge",
    "TooMany",
    "Unreadable",
    "require",
]
