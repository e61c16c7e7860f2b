"""Forgetting: the one way in which what was recorded changes afterwards (E44).

Retention takes whole streams; the erasure of a person takes names and words out of events that stay.
"""

from collections.abc import Callable, Iterable

from supportcenter.live.models import Event, EventStream

AT_ONCE = 500


def forget_streams(names: Iterable[str]) -> None:
    """Take whole histories away, numbers and all."""
    EventStream.objects.filter(name__in=list(names)).delete()


def forget_actors(keys: Iterable[str]) -> None:
    """Take the names of these actors out of every stream; what they did stays."""
    Event.objects.filter(actor_key__in=list(keys)).exclude(actor_name="").update(actor_name="")


def rewrite(stream: str, change: Callable[[Event], bool], *, types: Iterable[str] | None = None) -> None:
    """Hand every event of the stream, or of some types, to `change`, which says whether it has changed its data."""
    events = Event.objects.filter(stream__name=stream).order_by("seq")
    if types is not None:
        events = events.filter(type__in=list(types))
    changed = [event for event in events.iterator(AT_ONCE) if change(event)]
    Event.objects.bulk_update(changed, ["data"], batch_size=AT_ONCE)
