"""Many rows at once are what `bulk_create` would have written, in the order in which they were given."""

from datetime import UTC, datetime

import pytest

from supportcenter.live.models import Event, EventStream
from supportcenter.many_rows import create_rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

AT = datetime(2026, 11, 29, 12, 30, 15, 123456, tzinfo=UTC)
DATA = {"name": 'نور "\\ %s', "none": None, "list": [1, True, {"deep": []}], "at": AT}


def event(stream, seq):
    return Event(stream=stream, seq=seq, follows=seq - 1, type=f"it's {seq}%", data=DATA, at=AT)


def test_rows_are_those_that_bulk_create_writes():
    ours, theirs = (EventStream.objects.create(name=name) for name in ("ours", "theirs"))
    create_rows([event(ours, seq) for seq in range(1, 30)])
    Event.objects.bulk_create(event(theirs, seq) for seq in range(1, 30))
    facts = ["seq", "follows", "type", "data", "audience", "actor_key", "actor_name", "at"]
    assert list(ours.events.values(*facts)) == list(theirs.events.values(*facts))


def test_each_row_is_given_its_own_key():
    stream = EventStream.objects.create(name="ours")
    rows = [event(stream, seq) for seq in range(29, 0, -1)]
    create_rows(rows)
    assert [Event.objects.get(pk=row.pk).seq for row in rows] == [row.seq for row in rows]
    rows[0].type = "changed"
    rows[0].save()
    assert Event.objects.count() == 29


def test_no_rows_take_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        create_rows([])
