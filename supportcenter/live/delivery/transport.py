"""What actions send to pages: committed events, signals, and the closing of sockets."""

import asyncio
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from supportcenter.json_types import Json
from supportcenter.live.delivery.frames import signal_frame
from supportcenter.live.delivery.hub import hub
from supportcenter.live.delivery.messages import (
    CloseMessage,
    EventMessage,
    RightsMessage,
    SignalMessage,
    SignedOutMessage,
)
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import event_recorded
from supportcenter.live.models import Event


@receiver(event_recorded)
def publish_event(event: Event, **kwargs: Any) -> None:
    hub.publish(EventMessage.of(event))


def send_signal(stream: str, to: str | None, type: str, data: Json, sender: Actor | None) -> None:
    """Tell the viewer with the key `to` or, with None, everyone on the stream but the sender.

    Sent once the transaction has committed. Never stored: a page that is not connected misses it.
    """
    message = SignalMessage(stream, to, sender.event_key if sender else None, signal_frame(type, data, sender))
    _after_commit(lambda: hub.publish(message))


def close_sockets(stream: str, viewer_key: str | None, code: int, *, keep: str | None = None) -> None:
    """Close that viewer's sockets (with None everyone's) in every process, except the page load named `keep`.

    They close once the transaction has committed.
    """
    message = CloseMessage(stream, viewer_key, int(code), keep)
    _after_commit(lambda: hub.publish(message))


def ask_again(account: int) -> None:
    """Have all pages of the account with this key asked for again, in every process, once the transaction commits."""
    _after_commit(lambda: hub.publish(RightsMessage(None, account)))


def sign_out_pages(sign_in: str) -> None:
    """Close the pages of a browser that signs out, in every process; `sign_in` is the digest of its session's key."""
    _after_commit(lambda: hub.publish(SignedOutMessage(None, sign_in)))


def _after_commit(publish: Callable[[], None]) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        transaction.on_commit(publish)
    else:
        # A consumer: there is no transaction on an event loop, and asking for one is not allowed there.
        publish()
