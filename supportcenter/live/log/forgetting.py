"""The only changes to the log after the fact: retention, the erasure of a person (E44), and words taken back (E58).

Retention deletes whole streams. Erasure takes names and words out of events that stay. Words that their author has
changed are replaced, since a page that comes back is told of every event that it missed.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, JSONField
from django.db.models.sql.compiler import SQLCompiler

from supportcenter.live.models import Event, EventStream
from supportcenter.pieces import each_piece

# Events read and written in one statement.
BATCH = 500


class Without(Func):
    """An event's data, with one `fact` of it emptied by the database."""

    output_field = JSONField()
    template = "json_set(%(expressions)s, '$.%(fact)s', '')"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        sql, params = self.as_sql(compiler, connection, template="jsonb_set(%(expressions)s, '{%(fact)s}', '\"\"')")
        return sql, list(params)


def forget_words(streams: Iterable[str], event_types: Iterable[str], *, fact: str = "text") -> None:
    """Empty a fact in the events of these types, which all have it. A transaction a piece lets others write between."""
    said = Event.objects.filter(stream__name__in=list(streams), type__in=list(event_types)).order_by()
    for events in each_piece(said):
        events.update(data=Without("data", fact=fact))


def replace_words(stream: str, event_types: Iterable[str], *, about: dict[str, int], latest: int, text: str) -> None:
    """Put `text` into the `latest` events of these types about one thing: data with these numbers.

    So many there are: the database goes back from the stream's end no further than to the first of them.
    """
    facts = {f"data__{fact}": number for fact, number in about.items()}
    said = Event.objects.filter(stream__name=stream, type__in=list(event_types), **facts).order_by("-seq")
    events = list(said[:latest])
    for event in events:
        event.data["text"] = text
    Event.objects.bulk_update(events, ["data"])


def forget_events(streams: Iterable[str]) -> None:
    """Delete the events of these streams, in pieces as `forget_words`; the streams stay."""
    for events in each_piece(Event.objects.filter(stream__name__in=list(streams)).order_by()):
        events.delete()


def forget_streams(names: Iterable[str]) -> None:
    """Delete these streams with all their events and their numbers."""
    EventStream.objects.filter(name__in=list(names)).delete()


def forget_actors(keys: Iterable[str]) -> None:
    """Remove these actors' names from the events of every stream; what they did stays."""
    Event.objects.filter(actor_key__in=list(keys)).exclude(actor_name="").update(actor_name="")


def rewrite(stream: str, change: Callable[[Event], bool]) -> None:
    """Pass each event of the stream to `change`, and save the data of those it changed.

    `change` edits `event.data` and returns whether it did.
    """
    events = Event.objects.filter(stream__name=stream).order_by("seq")
    changed = [event for event in events.iterator(BATCH) if change(event)]
    Event.objects.bulk_update(changed, ["data"], batch_size=BATCH)
