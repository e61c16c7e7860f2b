"""Who else keeps something of a customer, and erases it with the rest (E44). Others register; sessions know none."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

_erasers: list[Callable[[SupportSession, Participant], None]] = []


def keeps_traces(function):
    """Register `function(session, customer)`: called in the erasing transaction, while name and address are known."""
    _erasers.append(function)
    return function


def erase_elsewhere(session, customer):
    for eraser in _erasers:
        eraser(session, customer)
