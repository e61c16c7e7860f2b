"""Four people read the largest record over and over, while ten honest sessions go on and others come to join."""

import pytest

from tests.hostile.attack import Attack
from tests.hostile.wire import ask, request

pytestmark = pytest.mark.process

LINES = 10
# Bytes: a page of a record, whatever its length.
LARGEST_PAGE = 500_000
LONG_SESSION = """
import json
from sessions_app.models import ChatMessage
from supportcenter.accounts.models import User
from supportcenter.live.models import Event, EventStream
from tests.factories import make_customer, make_session

session = make_session(User.objects.get(username="manager"))
carol = make_customer(session)
stream = EventStream.objects.get(name=session.stream)
seqs = [stream.next_seq() for _ in range(10_000)]
stream.save()
ChatMessage.objects.bulk_create(
    ChatMessage(session=session, participant=carol, client_id=f"c{n}", text=f"line {n} " + 40 * "word ")
    for n in range(20_000)
)
Event.objects.bulk_create(
    Event(stream=stream, seq=seq, follows=seq - 1, type="customer.switched", data={"participant": carol.pk},
          actor_key=session.primary.event_key, actor_name="Manager", at=session.started_at)
    for seq in seqs
)
print("long" + json.dumps(session.key))
"""


class RecordReaders(Attack):
    work, at_once = 24, 4

    def __init__(self, site, key, *, cookie):
        super().__init__(site)
        self.largest = 0
        paths = [f"/sessions/{key}/record/", f"/sessions/{key}/record/?everything=1"]
        self._requests = [request("GET", path, cookie=cookie) for path in paths]

    async def once(self, number):
        answer = await ask(self.port, self._requests[number % 2])
        self.seen[answer.status] += 1
        self.largest = max(self.largest, len(answer.content))


@pytest.fixture(scope="module")
def long_session(site, scene):
    """The key of a session with 20,000 lines."""
    return site.shell(LONG_SESSION, "long")


async def test_longest_record_is_read_by_pages(site, scene, long_session, guests):
    async with RecordReaders(site, long_session, cookie=scene.manager) as readers:
        await guests.talk(LINES)
        joining = await ask(site.port, request("GET", "/join/"))
    assert joining.status == 200
    # So many that wait of one person are turned away, with a sentence.
    assert set(readers.seen) <= {200, 429, 503}
    assert readers.seen[200] > 0
    assert readers.largest < LARGEST_PAGE
