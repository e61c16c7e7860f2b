"""Whose address a request comes from when proxies of ours stand in front."""

import time
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from supportcenter.forwarded import Watch
from supportcenter.live.sockets.asgi import Application, Receive, Scope, Send


class TrustedProxies:
    """Put the address that the outermost of our `count` proxies saw into the scope; believe nothing beyond it.

    Without any: tell that there seems to be one.
    """

    def __init__(self, application: Application, count: int) -> None:
        self.application = application
        self.count = count
        self.watch = Watch()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "headers" in scope:
            if self.count:
                scope = {**scope, "client": self.client(scope)}
            elif any(name == b"x-forwarded-for" for name, _ in scope["headers"]):
                self.watch.note(str((scope.get("client") or [""])[0]), now=time.monotonic())
        await self.application(scope, receive, send)

    def client(self, scope: Scope) -> Sequence[str | int] | None:
        forwarded = forwarded_address(scope["headers"], self.count)
        return [forwarded, 0] if forwarded else scope.get("client")


def forwarded_address(headers: Iterable[tuple[bytes, bytes]], count: int) -> str | None:
    """The address that the outermost of `count` proxies saw; None if there are none, or if they did not say it."""
    if not count:
        return None
    forwarded = b",".join(value for name, value in headers if name == b"x-forwarded-for")
    entries = forwarded.decode("latin1").split(",")
    try:
        return str(ip_address(entries[-count].strip()))
    except (IndexError, ValueError):
        return None
