"""Where browsers have passkeys: on addresses with a name, over HTTPS, and on this computer itself."""

import ipaddress
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext

from supportcenter.text.directions import ltr

LOCAL = "localhost"


def host_name(request: HttpRequest) -> str:
    """What passkeys are made for: the host of the address that the person has open, without its port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def why_no_passkeys(request: HttpRequest) -> str:
    """What to tell people where no passkey can be made or used; empty where it can."""
    host = host_name(request)
    if _is_number(host):
        return _other_address(request, host)
    if request.is_secure() or host == LOCAL or host.endswith(f".{LOCAL}"):
        return ""
    return gettext("Browsers offer passkeys and security keys over HTTPS only, and this site is open without it.")


def _other_address(request: HttpRequest, host: str) -> str:
    if ipaddress.ip_address(host).is_loopback:
        port = urlsplit(f"//{request.get_host()}").port
        address = f"{request.scheme}://{LOCAL}{f':{port}' if port else ''}"
        words = gettext("Browsers offer passkeys and security keys for names alone. Open this site as %(address)s.")
        return words % {"address": ltr(address)}
    return gettext("Browsers offer passkeys and security keys for names alone, and this site is open by a number.")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
