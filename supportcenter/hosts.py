"""Which Host headers are answered: the site's own names and port. Links and redirects of a page name what it says."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.defaults import bad_request

from supportcenter import security_log
from supportcenter.client_address import client_address
from supportcenter.responses import GetResponse

# This machine's names for itself.
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def only_our_hosts(get_response: GetResponse) -> GetResponse:
    """Answer 400, with a line in the security log, to a foreign name and to a port that is not the site's.

    On a site with a public SITE_URL, `localhost` and its like are for what runs on the same machine: a health check.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        try:
            host = request.get_host()
        except DisallowedHost as refusal:
            return _refused(request, refusal)
        if not _is_ours(host, request):
            return _refused(request, DisallowedHost(host))
        return get_response(request)

    return respond


def _refused(request: HttpRequest, refusal: DisallowedHost) -> HttpResponseBase:
    security_log.warn("foreign_host", address=client_address(request), host=request.META.get("HTTP_HOST"))
    return bad_request(request, refusal)


def _is_ours(host: str, request: HttpRequest) -> bool:
    name, port = _parted(host)
    if settings.SITE.hostname in {"localhost", "127.0.0.1", "::1"}:
        # A developer's machine: its port may be mapped to another one.
        return name in LOOPBACK or port in _ports()
    return _asks_itself(request) if name in LOOPBACK else port in _ports()


def _parted(host: str) -> tuple[str, str]:
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and port.isdigit() else (host, "")


def _ports() -> set[str]:
    """That of SITE_URL, of TRUSTED_ORIGINS, the one we listen on; none at all is the scheme's own."""
    origins = [urlsplit(origin) for origin in settings.CSRF_TRUSTED_ORIGINS]
    usual = {"443" if origin.scheme == "https" else "80" for origin in origins}
    return {"", str(settings.PORT), *usual, *(str(origin.port or "") for origin in origins)}


def _asks_itself(request: HttpRequest) -> bool:
    """Not by way of a proxy, which would say for whom it asks."""
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback and not request.headers.get(
            "X-Forwarded-For"
        )
    except ValueError:
        return False
