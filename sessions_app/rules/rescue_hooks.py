"""What may save a session whose representative has vanished before it ends. Other apps register here."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

Keeper = Callable[[SupportSession, Participant], bool]
_keepers: list[Keeper] = []


def keeps_orphans(function: Keeper) -> Keeper:
    """Register `function(session, vanished)`, called with the session locked; True if others have the session now."""
    _keepers.append(function)
    return function


def kept_by_somebody(session: SupportSession, vanished: Participant) -> bool:
    return any(keeper(session, vanished) for keeper in _keepers)
