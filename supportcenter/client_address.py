"""Whose address a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer's address or, behind TRUSTED_PROXIES of ours, the one that the outermost of them saw.

    Empty if there is none, as with a socket of the file system.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    return _address(hops[-trusted], peer) if 0 < trusted <= len(hops) else peer


def _address(text: str, instead: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return instead
