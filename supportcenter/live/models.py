from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F
from django.db.models.functions import Collate

from supportcenter.kept_sql import Change, OneOf, kept_rows, kept_update, kept_values


class Audience(models.TextChoices):
    """Who may see an event. Staff see everything."""

    EVERYONE = "everyone"
    STAFF = "staff"


class EventStreamQuerySet(models.QuerySet["EventStream"]):
    def named(self, name: str) -> EventStream:
        """The stream as it is; without any event yet, one that is not stored."""
        return _named.first(name=name) or EventStream(name=name)

    def locked(self, name: str) -> EventStream:
        """The stream's row, created if need be and locked until the transaction ends."""
        found = _locked.first(name=name)
        if found:
            return found
        # Two transactions may both find no row: one inserts, the other waits for its commit and then reads the row.
        self.bulk_create([EventStream(name=name)], ignore_conflicts=True)
        return _locked.get(name=name)

    def claim_number(self, seen: EventStream, *, for_everyone: bool) -> bool:
        """Take the next number of a stream that was read without a lock; False if another has taken it since.

        The row that it changes is locked from then on: `last_everyone_seq` never moves without `last_seq`.
        """
        claim = _claim_for_everyone if for_everyone else _claim_for_staff
        return claim(stream=seen.pk, before=seen.last_seq, number=seen.last_seq + 1) == 1

    def locked_all(self, names: set[str]) -> dict[str, EventStream]:
        """The rows of several streams by name, created if need be and locked in the order of their names.

        Missing rows are inserted before any is locked, in the same order, so that two transactions never deadlock.
        """
        missing = names - {name for (name,) in _known(names=list(names))}
        if missing:
            self.bulk_create([EventStream(name=name) for name in sorted(missing)], ignore_conflicts=True)
        return {stream.name: stream for stream in _all_locked(names=list(names))}

    def save_numbers(self, streams: Iterable[EventStream], before: Mapping[str, int]) -> None:
        """Save the counters of locked streams, whose `last_seq` was `before`: one statement for each distance moved."""
        alike = defaultdict(list)
        for stream in streams:
            start = before[stream.name]
            told = stream.last_everyone_seq - start
            alike[stream.last_seq - start, max(0, told)].append(stream.pk)
        for (steps, told), pks in alike.items():
            if told:
                _move_for_everyone(streams=pks, steps=steps, told=told)
            else:
                _move(streams=pks, steps=steps)


class EventStream(models.Model):
    """The history of one thing: `session.4821`, `inbox.17`."""

    name = models.CharField(max_length=100, unique=True)
    last_seq = models.PositiveBigIntegerField(default=0)
    last_everyone_seq = models.PositiveBigIntegerField(default=0)

    objects = EventStreamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def next_seq(self) -> int:
        """The next number; the caller holds the row locked."""
        self.last_seq += 1
        return self.last_seq

    def position_for(self, audience: str) -> int:
        """The number of the last event that this audience can see."""
        return self.last_seq if audience == Audience.STAFF else self.last_everyone_seq


@kept_rows
def _named(*, name: str) -> models.QuerySet[EventStream]:
    return EventStream.objects.filter(name=name)


@kept_rows
def _locked(*, name: str) -> models.QuerySet[EventStream]:
    return EventStream.objects.select_for_update().filter(name=name)


@kept_update
def _claim_for_everyone(*, stream: int, before: int, number: int) -> Change:
    rows, numbers = _claim_for_staff.make(stream=stream, before=before, number=number)
    return rows, {**numbers, "last_everyone_seq": number}


@kept_update
def _claim_for_staff(*, stream: int, before: int, number: int) -> Change:
    return EventStream.objects.filter(pk=stream, last_seq=before), {"last_seq": number}


@kept_values
def _known(*, names: list[str]) -> models.QuerySet[EventStream, Any]:
    return EventStream.objects.filter(OneOf(F("name"), names)).values_list("name")


@kept_rows
def _all_locked(*, names: list[str]) -> models.QuerySet[EventStream]:
    # Sorted as Python sorts, whatever the database's collation. SQLite has one writer, which never waits.
    order = Collate("name", "C") if connection.features.has_select_for_update else "name"
    return EventStream.objects.select_for_update().filter(OneOf(F("name"), names)).order_by(order)


@kept_update
def _move(*, streams: list[int], steps: int) -> Change:
    return EventStream.objects.filter(OneOf(F("pk"), streams)), {"last_seq": F("last_seq") + steps}


@kept_update
def _move_for_everyone(*, streams: list[int], steps: int, told: int) -> Change:
    rows, numbers = _move.make(streams=streams, steps=steps)
    return rows, {**numbers, "last_everyone_seq": F("last_seq") + told}


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, audience: str) -> EventQuerySet:
        return self if audience == Audience.STAFF else self.filter(audience=Audience.EVERYONE)


class Event(models.Model):
    """Something that happened; only words and names are taken out of it (`log.forgetting`).

    The actor is a key and a name: the log knows none of the apps above.
    """

    stream = models.ForeignKey(EventStream, models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    # The last event before this one that everyone could see, so that a withheld event is not taken for a lost one.
    follows = models.PositiveBigIntegerField()
    type = models.CharField(max_length=64)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.EVERYONE)
    actor_key = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["stream", "seq"]
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_event_per_number")]
        # An erasure finds the events of one person. A partial index, without empty names, would not be used.
        indexes = [models.Index(fields=["actor_key"], name="events_of_actor")]

    def __str__(self) -> str:
        return f"{self.stream_name} {self.seq} {self.type}"

    @property
    def stream_name(self) -> str:
        return self.stream.name

    def after(self, audience: str) -> int:
        """The number of the event that this one comes after, as that audience sees it."""
        return self.seq - 1 if audience == Audience.STAFF else self.follows
