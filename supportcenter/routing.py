"""Every socket of the site."""

import re
from functools import cache
from importlib import import_module
from typing import Any

from channels.routing import URLRouter
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, re_path
from django.utils.module_loading import module_has_submodule

from supportcenter.live.sockets.asgi import Receive, Scope, Send

NO_SUCH_STREAM = 4404


async def no_such_stream(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": NO_SUCH_STREAM})


def websocket_urlpatterns() -> list[URLPattern]:
    """The apps' own `realtime.routing.websocket_urlpatterns`, and a kind answer to everything else."""
    realtime = [app for app in apps.get_app_configs() if module_has_submodule(app.module, "realtime")]
    found = [import_module(f"{app.name}.realtime.routing") for app in realtime]
    ours = [path for module in found for path in getattr(module, "websocket_urlpatterns", [])]
    # Django says that a path leads to a view; Channels takes applications.
    last: Any = no_such_stream
    return [*ours, re_path("", last)]


def socket_cookie(address: str) -> str | None:
    """The name of the cookie by which the page of the socket at `address` is known; None if there is no such socket."""
    consumer, captured = _consumer_at(address)
    name: str | None = consumer.cookie_name(**captured) if consumer else None
    return name


def socket_kind(address: str) -> str | None:
    """What the socket at `address` is called in logs: `csr`, `waiting`. None if there is no such socket."""
    consumer, _captured = _consumer_at(address)
    return consumer.__name__.removesuffix("Consumer").lower() if consumer else None


def _consumer_at(address: str) -> tuple[Any, dict[str, Any]]:
    path = address.removeprefix(f"{settings.MOUNT}/")
    for each in _urlpatterns():
        found, consumer = each.pattern.match(path), getattr(each.callback, "consumer_class", None)
        if found and consumer:
            return consumer, found[2]
    return None, {}


@cache
def _urlpatterns() -> list[URLPattern]:
    return websocket_urlpatterns()


def websocket_router() -> URLRouter:
    sockets = URLRouter(websocket_urlpatterns())
    if not settings.MOUNT:
        return sockets
    # Channels takes routers where Django has views.
    inside: Any = sockets
    outside: Any = no_such_stream
    return URLRouter([re_path(rf"^{re.escape(settings.MOUNT[1:])}/", inside), re_path("", outside)])
