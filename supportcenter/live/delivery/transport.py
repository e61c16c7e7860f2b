"""From whoever acts to whoever looks on: events once they are committed, signals, and the end of a socket."""

import asyncio

from django.db import transaction
from django.dispatch import receiver

from supportcenter.live.delivery.frames import signal_frame
from supportcenter.live.delivery.hub import hub
from supportcenter.live.delivery.messages import CloseMessage, EventMessage, SignalMessage
from supportcenter.live.log.eventlog import event_recorded


@receiver(event_recorded)
def publish_event(event, **kwargs):
    hub.publish(EventMessage.of(event))


def send_signal(stream, to, type, data, sender):
    """Tell one viewer of the stream or, with `to=None`, every other. Never stored: who is not there misses it."""
    message = SignalMessage(stream, to, sender.event_key if sender else None, signal_frame(type, data, sender))
    _after_commit(lambda: hub.publish(message))


def close_sockets(stream, viewer_key, code, *, keep=None):
    """Close that viewer's sockets (`None`: everybody's) in every process, but not the page load named `keep`."""
    message = CloseMessage(stream, viewer_key, int(code), keep)
    _after_commit(lambda: hub.publish(message))


def _after_commit(publish):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        transaction.on_commit(publish)
    else:
        # A consumer: there is no transaction on an event loop, and asking for one is not allowed there.
        publish()
