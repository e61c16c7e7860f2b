"""The log of what happened, a numbered stream for each session, inbox or waiting customer.

An action records its event in the transaction that makes it true, so there is never one without the other. Numbers are
handed out under a lock on the stream that lasts until the commit: they become visible in order, and a rollback leaves
no gap. A client that has seen number 17 asks for what came after 17 and misses nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject
from django.db.transaction import TransactionManagementError
from django.dispatch import Signal

from supportcenter import clock
from supportcenter.json_types import JsonObject
from supportcenter.kept_sql import insert
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.collecting import note_recorded
from supportcenter.live.models import Audience, Event, EventQuerySet, EventStream
from supportcenter.many_rows import create_rows

EVERYONE, STAFF = Audience.EVERYONE, Audience.STAFF

# Sent with `event` once its transaction has committed. The one way in which news travels upward.
event_recorded = Signal()


@dataclass(frozen=True)
class Draft:
    """An event that is yet to be recorded: facts only, never HTML or sentences, since viewers differ in language."""

    type: str
    data: JsonObject = field(default_factory=dict)
    audience: Audience = EVERYONE


def record(stream: str, event: Draft, *, by: Actor | None = None, seen: EventStream | None = None) -> Event:
    """Append the event to the stream, as done by `by` or, without it, by the site itself.

    Who has just read the stream as `seen` (`numbers_of`) saves the reading here, unless it has moved since.
    Raises TransactionManagementError outside a transaction.
    """
    _require_transaction()
    if seen and EventStream.objects.claim_number(seen, for_everyone=event.audience == EVERYONE):
        recorded = next_event(seen, event, by)
    else:
        row = EventStream.objects.locked(stream)
        recorded = next_event(row, event, by)
        row.save(update_fields=["last_seq", "last_everyone_seq"])
    insert(recorded)
    transaction.on_commit(partial(_announce, recorded))
    return recorded


def record_all(news: list[tuple[str, Draft]], *, by: Actor | None = None) -> list[Event]:
    """`record` each (stream, event), in as many statements for hundreds as for two.

    The streams are locked in the order of their names, so that two transactions never deadlock.
    """
    _require_transaction()
    streams = EventStream.objects.locked_all({name for name, _draft in news})
    before = {name: stream.last_seq for name, stream in streams.items()}
    now = clock.now()
    recorded = [next_event(streams[name], draft, by, now) for name, draft in news]
    EventStream.objects.save_numbers(streams.values(), before)
    create_rows(recorded)
    transaction.on_commit(partial(_announce_all, recorded))
    return recorded


def events_after(stream: str, seq: int, *, audience: str, limit: int | None = None) -> list[Event]:
    """The events after number `seq` that this audience may see, oldest first."""
    events = Event.objects.filter(stream__name=stream, seq__gt=seq).visible_to(audience)
    return list(events.select_related("stream").order_by("seq")[:limit])


def history(stream: str, *, only: Collection[str] = (), without: Collection[str] = (), limit: int) -> list[Event]:
    """The first events of a stream as staff see it, oldest first: only some types, or all but some."""
    events = events_of(stream, without=without)
    if only:
        events = events.filter(type__in=only)
    return list(events[:limit])


def latest(stream: str, *, only: Collection[str], limit: int) -> list[Event]:
    """The last events of some types of a stream as staff see it, oldest first."""
    events = events_of(stream).filter(type__in=only).order_by("-seq")[:limit]
    return list(reversed(events))


def events_of(stream: str, *, without: Collection[str] = ()) -> EventQuerySet:
    """The events of a stream as staff see it, oldest first, for who reads a part of them."""
    return Event.objects.filter(stream__name=stream).exclude(type__in=without).order_by("seq")


def position(stream: str) -> int:
    """The number of the stream's last event; 0 without any. A page reads it before the state that it will show."""
    return EventStream.objects.filter(name=stream).values_list("last_seq", flat=True).first() or 0


def position_of(name: Combinable) -> Coalesce:
    """`position` as part of another query, so that both read the same moment; `name` is an expression."""
    return Coalesce(Subquery(EventStream.objects.filter(name=name).values("last_seq")), 0)


def numbers_of(name: Combinable) -> Subquery:
    """A stream's numbers as part of another query, for `seen`; `name` is an expression. None without any event."""
    numbers = JSONObject(id="pk", last_seq="last_seq", last_everyone_seq="last_everyone_seq")
    return Subquery(EventStream.objects.filter(name=name).values(numbers=numbers))


def seen_with(numbers: dict[str, int] | None, name: str) -> EventStream | None:
    """The stream as `numbers_of` read it."""
    return EventStream(name=name, **numbers) if numbers else None


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("An event is recorded in the transaction of the change it reports.")


def next_event(stream: EventStream, draft: Draft, by: Actor | None, at: datetime | None = None) -> Event:
    """The event that follows in this stream, which the caller holds and saves; of now, unless it happened `at`."""
    event = Event(
        stream=stream,
        follows=stream.last_everyone_seq,
        seq=stream.next_seq(),
        type=draft.type,
        data=draft.data,
        audience=draft.audience,
        actor_key=by.event_key if by else "",
        actor_name=by.display_name if by else "",
        at=at or clock.now(),
    )
    if draft.audience == EVERYONE:
        stream.last_everyone_seq = event.seq
    note_recorded(event)
    return event


def _announce_all(events: Iterable[Event]) -> None:
    for event in events:
        _announce(event)


def _announce(event: Event) -> None:
    # Robust: what is committed has happened, and a fault in one receiver must not keep the news from the others.
    event_recorded.send_robust(Event, event=event)
