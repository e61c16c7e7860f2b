"""Who else is reached on a page that they have open. Other apps register; this one knows none of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

# The keys of the users whom another socket of the site reaches, as a query.
Reached = Callable[[], QuerySet[Any, Any]]

_reached: list[Reached] = []


def register_reached(reached: Reached) -> None:
    """Count these users as reached too: their pages follow the same stream by a socket of their own."""
    _reached.append(reached)


def is_reached_elsewhere() -> Q:
    found = Q(pk__in=())
    for reached in _reached:
        found |= Q(pk__in=reached())
    return found
