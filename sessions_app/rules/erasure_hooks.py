"""What else is erased with a customer's data (E44). Other apps register; this one knows none of them."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

Eraser = Callable[[SupportSession, Participant], None]

_erasers: list[Eraser] = []


def erases_traces(function: Eraser) -> Eraser:
    """Register `function(session, customer)`: called in the erasing transaction, before name and address are gone."""
    _erasers.append(function)
    return function


def erase_elsewhere(session: SupportSession, customer: Participant) -> None:
    for eraser in _erasers:
        eraser(session, customer)
