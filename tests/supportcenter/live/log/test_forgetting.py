import pytest
from django.db import connection
from django.utils import timezone

from supportcenter.live.log.forgetting import forget_actors
from supportcenter.live.models import Event, EventStream
from tests.rows_read import count_rows_read

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MANY = 10_000


@pytest.fixture
def log():
    """Many events, each of somebody else."""
    facts = {"type": "chat.said", "actor_name": "Carol", "at": timezone.now()}
    stream = EventStream.objects.create(name="room.1")
    Event.objects.bulk_create(
        Event(stream=stream, seq=n, follows=0, actor_key=f"customer.{n}", **facts) for n in range(MANY)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_the_events_of_an_actor_are_found_by_index(log):
    with count_rows_read() as read:
        forget_actors(["customer.7", "customer.8"])
    assert list(Event.objects.filter(actor_name="").values_list("seq", flat=True)) == [7, 8]
    assert read.total() < MANY / 10
