"""What may keep a session going whose primary has vanished. Other apps register; this one knows none of them."""

from collections.abc import Callable

from sessions_app.models import Participant, SupportSession

Rescuer = Callable[[SupportSession, Participant], bool]

_rescuers: list[Rescuer] = []


def register_rescuer(rescuer: Rescuer) -> None:
    """Have `rescuer(session, vanished)` called with the session locked; it answers whether it has found other hands."""
    _rescuers.append(rescuer)


def rescued(session: SupportSession, vanished: Participant) -> bool:
    return any(rescuer(session, vanished) for rescuer in _rescuers)
