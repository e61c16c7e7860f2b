"""Which role each participant had, and from when until when. Roles are not stored: they follow from the log. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from supportcenter.live.models import Event

TOLD_BY = ("participant.joined", "control.transferred")


@dataclass
class Held:
    role: str
    since: datetime
    until: datetime | None = None


def roles_held(events: Iterable[Event]) -> dict[int, list[Held]]:
    """The roles of each participant, by primary key, in order; `events` are those of TOLD_BY, oldest first."""
    held: dict[int, list[Held]] = {}
    joined_with: dict[int, int] = {}
    for event in events:
        for participant, role in _changes(event):
            # A CSR who accepts a session joins it and takes control at once: that is one role.
            if joined_with.get(participant) == event.seq - 1:
                held[participant].clear()
            _take(held.setdefault(participant, []), role, event.at)
        if event.type == "participant.joined":
            joined_with[event.data["participant"]] = event.seq
    return held


def _take(roles: list[Held], role: str, at: datetime) -> None:
    if roles and roles[-1].role == role:
        return
    if roles:
        roles[-1].until = at
    roles.append(Held(role, at))


def _changes(event: Event) -> Iterator[tuple[int, str]]:
    """(participant, role) for each role that begins with this event."""
    data = event.data
    if event.type == "participant.joined":
        yield data["participant"], data["role"]
        return
    # A primary who vanished is gone, and does not become an assistant.
    if data["from"] and data["why"] != "vanished":
        yield data["from"], "assistant"
    yield data["to"], "primary"
