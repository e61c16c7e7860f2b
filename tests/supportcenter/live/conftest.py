import pytest
from django.db import transaction

from supportcenter.live.delivery.transport import send_signal
from supportcenter.live.log.eventlog import Draft, record
from supportcenter.live.models import Audience
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.viewers import Viewer

STREAM = "session.7"
STAFF, CUSTOMER = "/staff/amal/", "/everyone/carol/"


def tell(type="chat.said", audience=Audience.EVERYONE, *, by=None, stream=STREAM, **data):
    """Record one event, as an action would."""
    with transaction.atomic():
        return record(stream, Draft(type, data, audience), by=by)


def tell_many(count, **more):
    for number in range(count):
        tell(number=number, **more)


class StreamConsumer(EventStreamConsumer):
    """The smallest consumer there is: the path names the viewer, and a signal goes where it is addressed."""

    async def authorise(self):
        audience, _, key = self.scope["path"].strip("/").partition("/")
        return Viewer(key, key.capitalize(), audience, STREAM)

    async def handle_signal(self, type, to, data):
        send_signal(STREAM, to, type, data, self.viewer)


@pytest.fixture
def app():
    return StreamConsumer.as_asgi()
