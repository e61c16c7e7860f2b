"""What may keep a session going whose primary has vanished. Other apps register; this one knows none of them."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

Rescuer = Callable[[SupportSession, Participant], bool]

_rescuers: list[Rescuer] = []


def rescues_sessions(function: Rescuer) -> Rescuer:
    """Register `function(session, vanished)`: called with the session locked, true if it is in other hands now."""
    _rescuers.append(function)
    return function


def rescued(session: SupportSession, vanished: Participant) -> bool:
    return any(rescuer(session, vanished) for rescuer in _rescuers)
