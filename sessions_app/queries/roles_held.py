"""Who was what in a session, and from when until when: a role is stored nowhere, it follows from the log. Pure."""

from dataclasses import dataclass
from datetime import datetime

TOLD_BY = ("participant.joined", "control.transferred")


@dataclass
class Held:
    role: str
    since: datetime
    until: datetime | None = None


def roles_held(events):
    """The roles of each participant, by key, in their order; `events` are those that TOLD_BY names, oldest first."""
    held, joined_with = {}, {}
    for event in events:
        for participant, role in _changes(event):
            # Who accepts a session comes in and takes it in one breath: that is one role.
            if joined_with.get(participant) == event.seq - 1:
                held[participant].clear()
            _take(held.setdefault(participant, []), role, event.at)
        if event.type == "participant.joined":
            joined_with[event.data["participant"]] = event.seq
    return held


def _take(roles, role, at):
    if roles and roles[-1].role == role:
        return
    if roles:
        roles[-1].until = at
    roles.append(Held(role, at))


def _changes(event):
    data = event.data
    if event.type == "participant.joined":
        yield data["participant"], data["role"]
        return
    # Whoever vanished is gone, and no assistant.
    if data["from"] and data["why"] != "vanished":
        yield data["from"], "assistant"
    yield data["to"], "primary"
