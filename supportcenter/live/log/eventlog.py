"""What happened, in order.

An action records its event in the transaction that makes it true, so there is never one without the other. Numbers are
handed out under a lock on the stream that lasts until the commit: they appear in order, and a rollback leaves no hole.
Whoever has seen number 17 asks for what came after 17 and misses nothing.
"""

from dataclasses import dataclass, field
from functools import partial

from django.db import connection, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.db.transaction import TransactionManagementError
from django.dispatch import Signal

from supportcenter import clock
from supportcenter.live.log.collecting import note_recorded
from supportcenter.live.models import Audience, Event, EventStream

EVERYONE, STAFF = Audience.EVERYONE, Audience.STAFF

# Sent with `event` when its transaction has committed. The one way in which news travels upward.
event_recorded = Signal()


@dataclass(frozen=True)
class Draft:
    """An event that has not happened yet: facts only, never HTML or sentences, since viewers differ in language."""

    type: str
    data: dict = field(default_factory=dict)
    audience: str = EVERYONE


def record(stream: str, event: Draft, *, by=None) -> Event:
    """Add the event to the stream, as done by a user, a participant or, without `by`, the site itself."""
    _require_transaction()
    recorded = _append(EventStream.objects.locked(stream), event, by)
    transaction.on_commit(partial(_announce, recorded))
    return recorded


def record_all(news: list[tuple[str, Draft]], *, by=None) -> list[Event]:
    """`record` each (stream, event), in as many statements for hundreds as for two.

    The streams are locked by name, so that two transactions never wait in a circle.
    """
    _require_transaction()
    streams = EventStream.objects.locked_all({name for name, _draft in news})
    before = {name: stream.last_seq for name, stream in streams.items()}
    recorded = [_next_event(streams[name], draft, by) for name, draft in news]
    EventStream.objects.save_numbers(streams.values(), before)
    Event.objects.bulk_create(recorded)
    for event in recorded:
        transaction.on_commit(partial(_announce, event))
    return recorded


def events_after(stream: str, seq: int, *, audience: str, limit: int | None = None) -> list[Event]:
    """What came after number `seq` that this audience may see, oldest first."""
    events = Event.objects.filter(stream__name=stream, seq__gt=seq).visible_to(audience)
    return list(events.select_related("stream").order_by("seq")[:limit])


def history(stream: str, *, only=(), without=(), limit: int) -> list[Event]:
    """The beginning of a stream as staff see it, oldest first: only some types, or some left out."""
    events = Event.objects.filter(stream__name=stream).exclude(type__in=without)
    if only:
        events = events.filter(type__in=only)
    return list(events.order_by("seq")[:limit])


def position(stream: str) -> int:
    """The number of the last event. A page takes it before it reads the state that it will show."""
    return EventStream.objects.filter(name=stream).values_list("last_seq", flat=True).first() or 0


def position_of(name):
    """`position` as a part of another query, so that both are of one moment; `name` is an expression."""
    return Coalesce(Subquery(EventStream.objects.filter(name=name).values("last_seq")), 0)


def _require_transaction():
    if not connection.in_atomic_block:
        raise TransactionManagementError("An event is recorded in the transaction of what it tells.")


def _append(stream, draft, by):
    event = _next_event(stream, draft, by)
    stream.save(update_fields=["last_seq", "last_everyone_seq"])
    event.save(force_insert=True)
    return event


def _next_event(stream, draft, by):
    event = Event(
        stream=stream,
        follows=stream.last_everyone_seq,
        seq=stream.next_seq(),
        type=draft.type,
        data=draft.data,
        audience=draft.audience,
        actor_key=by.event_key if by else "",
        actor_name=by.display_name if by else "",
        at=clock.now(),
    )
    if draft.audience == EVERYONE:
        stream.last_everyone_seq = event.seq
    note_recorded(event)
    return event


def _announce(event):
    # Robust: what is committed has happened, and one listener's fault must not keep the news from the others.
    event_recorded.send_robust(Event, event=event)
