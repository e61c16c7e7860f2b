"""What a browser may make of an answer, of those too that Django does not give: files, refusals, health checks.

Django's own pages come with rules of their own, which stay.
"""

from collections.abc import Iterable

from django.conf import settings

from supportcenter.live.sockets.asgi import Application, AsgiMessage, Receive, Scope, Send

NO_SNIFFING = (b"x-content-type-options", b"nosniff")
# Beside a policy that is there already: a browser keeps to all of them. Nothing in it concerns what a worker loads.
UNFRAMED = (b"content-security-policy", b"base-uri 'none'; frame-ancestors 'none'; object-src 'none'")
STAYS_WITH_TLS = b"strict-transport-security"


class Guarded:
    """Before `application`, whose answers get what they lack."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return

        async def send_guarded(message: AsgiMessage) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *missing(message["headers"], by_tls=came_by_tls(scope))]
            await send(message)

        await self.application(scope, receive, send_guarded)


def missing(headers: Iterable[tuple[bytes, bytes]], *, by_tls: bool) -> list[tuple[bytes, bytes]]:
    there = [(name.lower(), value) for name, value in headers]
    names = {name for name, _ in there}
    more = [] if NO_SNIFFING[0] in names else [NO_SNIFFING]
    if not any(name == UNFRAMED[0] and b"frame-ancestors" in value for name, value in there):
        more.append(UNFRAMED)
    if by_tls and settings.SECURE_HSTS_SECONDS and STAYS_WITH_TLS not in names:
        more.append((STAYS_WITH_TLS, f"max-age={settings.SECURE_HSTS_SECONDS}".encode()))
    return more


def came_by_tls(scope: Scope) -> bool:
    """As Django finds it out: by what our own proxy says."""
    if not settings.SECURE_PROXY_SSL_HEADER:
        return bool(scope.get("scheme") == "https")
    said = next((value for name, value in scope["headers"] if name == b"x-forwarded-proto"), b"")
    return said.partition(b",")[0].strip() == b"https"
