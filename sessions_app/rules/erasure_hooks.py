"""What else is erased with a customer's data (E44). Other apps register; this one knows none of them."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

Eraser = Callable[[SupportSession, Participant], None]

_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    """Have `eraser(session, customer)` called in the erasing transaction, before name and address are gone."""
    _erasers.append(eraser)


def erase_elsewhere(session: SupportSession, customer: Participant) -> None:
    for eraser in _erasers:
        eraser(session, customer)
