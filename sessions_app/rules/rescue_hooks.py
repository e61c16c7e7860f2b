"""Who may keep a session whose representative has vanished, before it ends. Others register; sessions know none."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

_keepers: list[Callable[[SupportSession, Participant], bool]] = []


def keeps_orphans(function):
    """Register `function(session, vanished)`: called with the session locked, true if it is in other hands now."""
    _keepers.append(function)
    return function


def kept_by_somebody(session, vanished):
    return any(keeper(session, vanished) for keeper in _keepers)
