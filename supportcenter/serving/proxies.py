"""Whose address a request comes from when proxies of ours stand in front."""

from collections.abc import Sequence
from ipaddress import ip_address

from supportcenter.live.sockets.asgi import Application, Receive, Scope, Send


class TrustedProxies:
    """Put the address that the outermost of our `count` proxies saw into the scope; believe nothing beyond it."""

    def __init__(self, application: Application, count: int) -> None:
        self.application = application
        self.count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.count and "headers" in scope:
            scope = {**scope, "client": self.client(scope)}
        await self.application(scope, receive, send)

    def client(self, scope: Scope) -> Sequence[str | int] | None:
        forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        entries = forwarded.decode("latin1").split(",")
        try:
            return [str(ip_address(entries[-self.count].strip())), 0]
        except (IndexError, ValueError):
            return scope.get("client")
