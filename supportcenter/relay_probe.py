"""Whether the relay does what calls need of it, at one of its addresses: asked as a browser asks."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from supportcenter.doctor import Finding, fail, ok, warn
from supportcenter.relay_client import OK, UNAUTHORIZED, V4, V6, Address, RelayClient
from supportcenter.relay_urls import RelayUrl, parse

FORBIDDEN = 403
# OpenSSL's numbers for what is wrong with a certificate.
EXPIRED, OTHER_HOST = {10}, {62, 64}
# Seconds: a credential that counts this long is good even for a relay whose clock is a day ahead.
A_DAY_AND_MORE = 25 * 60 * 60


Make = Callable[[int | None], "Credential"]


class Credential(NamedTuple):
    username: str
    credential: str


def probe(url: str, credential: Make, *, trust: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """Open a path with a fresh credential, which `credential` makes: for the usual time, or for so many seconds."""
    where = parse(url)
    try:
        with RelayClient(where, *credential(None), trust=trust) as client:
            code = client.allocate(family=family_of(client.server))
            if code == UNAUTHORIZED:
                yield refusal(url, credential, trust)
            elif code != OK or client.relayed is None:
                yield fail(
                    _("%(url)s opens no path (error %(code)s)") % {"url": url, "code": code},
                    do=_("See the relay’s log."),
                )
            else:
                yield from path(url, client, client.relayed.address)
    except ssl.SSLCertVerificationError as error:
        yield fail(
            f"{url}: {certificate_fault(error)}",
            do=_("Give the relay a valid certificate for this name (docs/media.md)."),
        )
    except ssl.SSLError:
        yield fail(
            _("%(url)s does not speak TLS") % {"url": url}, do=_("Give the relay a certificate (docs/media.md).")
        )
    except socket.gaierror:
        yield fail(
            _("%(url)s: there is no such host") % {"url": url}, do=_("Correct TURN_HOST or TURN_URLS, or the DNS.")
        )
    except OSError:
        yield fail(_("%(url)s does not answer") % {"url": url}, do=how_to_be_reached(where))


def how_to_be_reached(where: RelayUrl) -> str:
    names = {"port": where.port, "protocol": "UDP" if where.transport == "udp" else "TCP"}
    do = _("Start the relay, and let port %(port)s, %(protocol)s, through every firewall in front of it.") % names
    without_one = _("Without a certificate it does not listen for TLS.")
    return f"{do} {without_one}" if where.transport == "tls" else do


def refusal(url: str, credential: Make, trust: ssl.SSLContext | None) -> Finding:
    """The relay says the same of a wrong secret and of one that has expired: only a longer one tells."""
    with RelayClient(parse(url), *credential(A_DAY_AND_MORE), trust=trust) as client:
        if client.allocate(family=family_of(client.server)) == OK:
            return fail(
                _("%(url)s considers the site’s credentials expired: its clock is ahead") % {"url": url},
                do=_("Set the clocks of both machines by NTP."),
            )
    return fail(
        _("%(url)s refuses the site’s credentials") % {"url": url},
        do=_("Give site and relay the same TURN_SECRET, and start both again."),
    )


def path(url: str, client: RelayClient, relayed: Address) -> Iterator[Finding]:
    if client.server.is_global and not relayed.is_global:
        yield fail(
            _("%(url)s hands out %(address)s, which no one outside reaches") % {"url": url, "address": relayed},
            do=_("Set TURN_EXTERNAL_IP to the relay’s public address."),
        )
    elif client.server.is_global and client.permit(relayed) == FORBIDDEN:
        yield warn(
            _("%(url)s works, but not between two people who both use it") % {"url": url},
            do=_("The relay is behind address translation: see “The relay” in docs/media.md."),
        )
    else:
        yield ok(_("%(url)s opens a path") % {"url": url})


def certificate_fault(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in EXPIRED:
        return _("the certificate has expired")
    if error.verify_code in OTHER_HOST:
        return _("the certificate is for another host")
    return _("browsers do not trust the certificate")


def family_of(address: Address) -> int:
    return V6 if address.version == 6 and not ipaddress.IPv6Address(address).ipv4_mapped else V4
