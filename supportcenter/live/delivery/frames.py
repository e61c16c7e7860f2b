"""What goes down to a page; docs/protocol.md describes each frame."""

from __future__ import annotations

import json
from functools import cached_property

from django.core.serializers.json import DjangoJSONEncoder

from supportcenter.json_types import Json
from supportcenter.live.log.actor import Actor
from supportcenter.live.models import Event
from supportcenter.refusals import Refused


class Frame:
    """One message to a page: encoded once and framed once, however many pages it goes to."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    @classmethod
    def of(cls, frame: str, **content: Json) -> Frame:
        text = json.dumps({"frame": frame, **content}, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        # A page may send half of a surrogate pair, which JSON can carry and UTF-8 cannot.
        return cls(text.encode("utf-8", "replace"))

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def wire(self) -> bytes:
        """The whole WebSocket frame (RFC 6455, 5.2): final, text, unmasked as every frame from a server."""
        length = len(self.body)
        if length < 126:
            head = bytes((0x81, length))
        elif length < 65536:
            head = b"\x81\x7e" + length.to_bytes(2, "big")
        else:
            head = b"\x81\x7f" + length.to_bytes(8, "big")
        return head + self.body

    def __len__(self) -> int:
        return len(self.body)


def event_frame(event: Event, audience: str) -> Frame:
    return Frame.of(
        "event",
        seq=event.seq,
        after=event.after(audience),
        type=event.type,
        data=event.data,
        actor=_person(event.actor_key, event.actor_name),
        at=event.at,
    )


def signal_frame(type: str, data: Json, sender: Actor | None) -> Frame:
    origin = _person(sender.event_key, sender.display_name) if sender else None
    return Frame.of("signal", type=type, **{"from": origin}, data=data)


def refused_frame(refusal: Refused) -> Frame:
    return Frame.of("refused", code=refusal.code, message=str(refusal.message))


def _person(key: str, name: str) -> dict[str, str] | None:
    return {"key": key, "name": name} if key else None
