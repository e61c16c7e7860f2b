"""A socket's handshake as a Django request, so that HTTP and sockets identify people in the same way."""

from http.cookies import CookieError
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, parse_cookie
from django.utils.functional import SimpleLazyObject

from supportcenter.live.sockets.asgi import Scope


def request_of(scope: Scope) -> HttpRequest:
    """The handshake's cookies, headers, session and user. The last two are queries when first used: in `db`."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = scope["path"]
    request.META = _meta(scope)
    request.COOKIES = _cookies(request.META.get("HTTP_COOKIE", ""))
    sessions = import_module(settings.SESSION_ENGINE)
    request.session = sessions.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    # A user as soon as it is used.
    user: Any = scope.get("user") or SimpleLazyObject(lambda: get_user(request))
    request.user = user
    return request


def comes_from_our_pages(request: HttpRequest) -> bool:
    """Whether the handshake's Origin is ours: cookies travel with one that another site's page starts, too.

    A browser always sends an Origin, so a handshake without one comes from a program, and is refused as well.
    """
    origin = request.META.get("HTTP_ORIGIN", "")
    return origin in settings.CSRF_TRUSTED_ORIGINS or origin.partition("://")[2] == _host(request)


def _meta(scope: Scope) -> dict[str, str]:
    meta = {
        "REMOTE_ADDR": (scope.get("client") or [""])[0],
        "QUERY_STRING": scope.get("query_string", b"").decode("latin1"),
        # A handshake without a Host header comes from no host of ours.
        "SERVER_NAME": "",
        "SERVER_PORT": "",
    }
    for name, value in scope.get("headers", ()):
        meta["HTTP_" + name.decode("latin1").upper().replace("-", "_")] = value.decode("latin1")
    return meta


def _cookies(header: str) -> dict[str, str]:
    try:
        return parse_cookie(header)
    except CookieError:
        return {}


def _host(request: HttpRequest) -> str | None:
    try:
        return request.get_host()
    except DisallowedHost:
        return None
