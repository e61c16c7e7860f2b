"""The product's consumer on a stream that is open to everybody.

A page's signal makes an event, as an action does after its commit: numbered, encoded for both audiences, published on
the hub. Only the row in the log is missing, which no delivery reads.
"""

import time
from itertools import count

from django.utils import timezone

from supportcenter.live.delivery.frames import signal_frame
from supportcenter.live.delivery.messages import EventMessage
from supportcenter.live.models import Audience, Event, EventStream
from supportcenter.live.sockets.consumers import EventStreamConsumer
from supportcenter.live.sockets.db import db
from supportcenter.live.sockets.inbound import NotUnderstood
from supportcenter.live.sockets.limits import Rates
from supportcenter.live.sockets.viewers import Viewer

_numbers: dict[str, count] = {}


class OpenConsumer(EventStreamConsumer):
    # The generator stands for a hundred people.
    rates = Rates(frames=(1_000_000, 1_000_000), signal_bytes=(1e9, 1e9))
    handshakes = (1_000_000, 1_000_000)
    sockets_per_person = 1_000_000

    async def authorise(self):
        stream = self.scope["url_route"]["kwargs"]["stream"]
        return Viewer("anybody", "Anybody", Audience.EVERYONE, stream)

    async def handle_signal(self, type, to, data):
        match type:
            case "say":
                self.hub.publish(EventMessage.of(_event(self.viewer, data)))
            case "settled":
                self._buffer.write(signal_frame("settled", self._all_follow(), None))
            case "keep":
                await db(_keep_position, self.viewer.stream, data["seq"])
                self._buffer.write(signal_frame("kept", data, None))
            case "block":
                await db(time.sleep, data["seconds"])
                self._buffer.write(signal_frame("blocked", data, None))
            case _:
                raise NotUnderstood

    def _all_follow(self):
        """Has everybody on the stream finished reading the log, so that events go straight on?"""
        return not any(subscription._busy for subscription in self.hub._concerned(self.viewer.stream))


def _keep_position(stream, seq):
    """The log stands where the events have come to, so that a page may begin there."""
    EventStream.objects.update_or_create(name=stream, defaults={"last_seq": seq, "last_everyone_seq": seq})


def _event(viewer, data):
    seq = next(_numbers.setdefault(viewer.stream, count(1)))
    return Event(
        stream=EventStream(name=viewer.stream),
        seq=seq,
        follows=seq - 1,
        type="chat.said",
        data=data,
        audience=Audience.EVERYONE,
        actor_key=viewer.key,
        actor_name=viewer.name,
        at=timezone.now(),
    )
