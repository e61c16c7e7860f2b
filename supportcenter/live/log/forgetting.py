"""The only changes to the log after the fact: retention and the erasure of a person (E44).

Retention deletes whole streams. Erasure takes names and words out of events that stay.
"""

from collections.abc import Callable, Iterable

from supportcenter.live.models import Event, EventStream

# Events read and written in one statement.
BATCH = 500


def forget_streams(names: Iterable[str]) -> None:
    """Delete these streams with all their events and their numbers."""
    EventStream.objects.filter(name__in=list(names)).delete()


def forget_actors(keys: Iterable[str]) -> None:
    """Remove these actors' names from the events of every stream; what they did stays."""
    Event.objects.filter(actor_key__in=list(keys)).exclude(actor_name="").update(actor_name="")


def rewrite(stream: str, change: Callable[[Event], bool], *, types: Iterable[str] | None = None) -> None:
    """Pass each event of the stream, or those of some types, to `change`, and save the data of those it changed.

    `change` edits `event.data` and returns whether it did.
    """
    events = Event.objects.filter(stream__name=stream).order_by("seq")
    if types is not None:
        events = events.filter(type__in=list(types))
    changed = [event for event in events.iterator(BATCH) if change(event)]
    Event.objects.bulk_update(changed, ["data"], batch_size=BATCH)
