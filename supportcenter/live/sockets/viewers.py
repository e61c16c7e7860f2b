from dataclasses import dataclass

from supportcenter.live.models import Audience


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at which stream, and whether as staff. Can stand as `by` of an event and as `sender` of a signal."""

    key: str
    name: str
    audience: str
    stream: str
    language: str | None = None

    @property
    def is_staff(self):
        return self.audience == Audience.STAFF

    @property
    def event_key(self):
        return self.key

    @property
    def display_name(self):
        return self.name
