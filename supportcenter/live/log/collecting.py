"""What a piece of code records, for a caller that wants to know afterwards whether anything happened at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from supportcenter.live.models import Event

_collectors: ContextVar[tuple[list[Event], ...]] = ContextVar("collectors", default=())


@contextmanager
def collect_recorded() -> Iterator[list[Event]]:
    """A list of the events that are recorded inside the block, here or in a block within it."""
    events: list[Event] = []
    token = _collectors.set((*_collectors.get(), events))
    try:
        yield events
    finally:
        _collectors.reset(token)


def note_recorded(event: Event) -> None:
    for events in _collectors.get():
        events.append(event)
