"""Every socket of the site."""

from functools import cache
from importlib import import_module
from typing import Any

from channels.routing import URLRouter
from django.apps import apps
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


def socket_cookie(path: str) -> str | None:
    """The name of the cookie by which the page of the socket at `path` is known; None if there is no such socket."""
    consumer, captured = _consumer_at(path)
    name: str | None = consumer.cookie_name(**captured) if consumer else None
    return name


def socket_kind(path: str) -> str | None:
    """What the socket at `path` is called in logs: `csr`, `waiting`. None if there is no such socket."""
    consumer, _captured = _consumer_at(path)
    return consumer.__name__.removesuffix("Consumer").lower() if consumer else None


def _consumer_at(path: str) -> tuple[Any, dict[str, Any]]:
    for each in _urlpatterns():
        found, consumer = each.pattern.match(path.removeprefix("/")), getattr(each.callback, "consumer_class", None)
        if found and consumer:
            return consumer, found[2]
    return None, {}


@cache
def _urlpatterns() -> list[URLPattern]:
    return websocket_urlpatterns()


def websocket_router() -> URLRouter:
    return URLRouter(websocket_urlpatterns())
