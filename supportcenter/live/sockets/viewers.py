from dataclasses import dataclass

from supportcenter.live.models import Audience


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who follows which stream, and as which audience. An Actor: the sender of signals, and `by` of an event."""

    key: str
    name: str
    audience: Audience
    stream: str
    language: str | None = None

    @property
    def is_staff(self) -> bool:
        return self.audience == Audience.STAFF

    @property
    def event_key(self) -> str:
        return self.key

    @property
    def display_name(self) -> str:
        return self.name
