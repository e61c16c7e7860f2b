"""What other apps keep of a customer, erased together with the rest (E44). They register here."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

Eraser = Callable[[SupportSession, Participant], None]
_erasers: list[Eraser] = []


def keeps_traces(function: Eraser) -> Eraser:
    """Register `function(session, customer)`, called in the erasing transaction while name and email are known."""
    _erasers.append(function)
    return function


def erase_elsewhere(session: SupportSession, customer: Participant) -> None:
    for eraser in _erasers:
        eraser(session, customer)
