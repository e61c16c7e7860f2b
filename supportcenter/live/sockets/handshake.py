"""A socket's handshake as a Django request, so that HTTP and sockets identify people in the same way."""

from http.cookies import CookieError
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.functional import SimpleLazyObject

from supportcenter.current_user import user_of
from supportcenter.live.sockets.asgi import Scope


def request_of(scope: Scope) -> HttpRequest:
    """The handshake's cookies, headers, session and user. The last two are queries when first used: in `db`."""
    request = Handshake()
    request.socket_scheme = scope.get("scheme", "ws")
    request.method = "GET"
    request.path = request.path_info = scope["path"]
    request.META = _meta(scope)
    request.COOKIES = _cookies(request.META.get("HTTP_COOKIE", ""))
    sessions = import_module(settings.SESSION_ENGINE)
    request.session = sessions.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    # A user as soon as it is used.
    user: Any = SimpleLazyObject(lambda: user_of(request))
    request.user = user
    return request


class Handshake(HttpRequest):
    """Asked whether it is secure, it goes by the socket's own scheme or, behind proxies of ours, by what they say."""

    socket_scheme = "ws"

    def _get_scheme(self) -> str:
        return "https" if self.socket_scheme == "wss" else "http"


def comes_from_our_pages(request: HttpRequest) -> bool:
    """Whether the handshake's Origin is ours: cookies travel with one that another site's page starts, too.

    Scheme, host and port have to be the site's, as Django asks of every POST. A browser always sends an Origin, so a
    handshake without one comes from a program, and is refused as well.
    """
    csrf: Any = CsrfViewMiddleware(_no_view)
    return "HTTP_ORIGIN" in request.META and csrf._origin_verified(request)


def address_of(scope: Scope) -> str:
    """The network address at the other end, as the server or our proxies saw it."""
    return str((scope.get("client") or [""])[0])


def _meta(scope: Scope) -> dict[str, str]:
    meta = {
        "REMOTE_ADDR": address_of(scope),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin1"),
        # A handshake without a Host header comes from no host of ours.
        "SERVER_NAME": "",
        "SERVER_PORT": "",
    }
    for name, value in scope.get("headers", ()):
        key = "HTTP_" + name.decode("latin1").upper().replace("-", "_")
        # Only cookies may come in several headers (RFC 9113, 8.2.3).
        before = f"{meta[key]}; " if key == "HTTP_COOKIE" and key in meta else ""
        meta[key] = before + value.decode("latin1")
    return meta


def _cookies(header: str) -> dict[str, str]:
    try:
        return parse_cookie(header)
    except CookieError:
        return {}


def _no_view(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError
