"""How a whole is divided: a row for each part, with its bar, number and share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    name: str
    count: int
    # Per cent, of all, and of the largest part.
    share: float | None
    bar: float


def shares(parts: Sequence[tuple[str, int]], whole: int | None = None) -> list[Share]:
    """Of the `whole`, or of what the parts add up to."""
    most = max((count for _name, count in parts), default=0)
    whole = sum(count for _name, count in parts) if whole is None else whole
    return [
        Share(
            name,
            count,
            round(100 * count / whole, 1) if whole else None,
            round(100 * count / most, 1) if most else 0,
        )
        for name, count in parts
    ]
