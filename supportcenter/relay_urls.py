"""Where the relay is: as the site was told, or derived from the host that it runs on.

A wrong address, or half of what a relay needs, stops the site with a line that names the setting: otherwise calls would
merely fail, for some people.
"""

import re
from typing import NamedTuple

from supportcenter.environment import WrongSetting

PLAIN_PORT, TLS_PORT = 3478, 5349
# With it anybody can make credentials, and every participant sees one to try guesses on.
SHORTEST_SECRET, FEWEST_DIFFERENT = 32, 10
TURN_EXAMPLE = "turn:relay.example.org:3478?transport=udp"
STUN_EXAMPLE = "stun:relay.example.org:3478"
# RFC 7064 and 7065, as browsers read them.
FORM = re.compile(
    r"(?P<scheme>turns?|stuns?):(?P<host>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?:\?transport=(?P<transport>udp|tcp))?",
    re.ASCII | re.IGNORECASE,
)


class RelayUrl(NamedTuple):
    scheme: str
    host: str
    port: int
    # udp, tcp or, over tcp, tls.
    transport: str


def parse(url: str) -> RelayUrl:
    """Raises ValueError with what is wrong with it."""
    found = FORM.fullmatch(url)
    if not found:
        raise ValueError(f"“{url}” is no address of a relay")
    scheme, port = found["scheme"].lower(), found["port"]
    secure = scheme in {"turns", "stuns"}
    if port and not 0 < int(port) < 65536:
        raise ValueError(f"“{url}”: ports are from 1 to 65535")
    if found["transport"] and scheme.startswith("stun"):
        raise ValueError(f"“{url}”: an address of STUN names no transport")
    transport = (found["transport"] or ("tcp" if secure else "udp")).lower()
    if secure and transport == "udp":
        raise ValueError(f"“{url}”: no browser uses TLS over UDP, so it has to be ?transport=tcp")
    number = int(port) if port else TLS_PORT if secure else PLAIN_PORT
    return RelayUrl(scheme, found["host"].strip("[]"), number, "tls" if secure else transport)


def derived(host: str) -> list[str]:
    """UDP is fastest, TCP passes where UDP is blocked, TLS where only what looks like the web passes."""
    name = f"[{host}]" if ":" in host else host
    return [
        f"turn:{name}:{PLAIN_PORT}?transport=udp",
        f"turn:{name}:{PLAIN_PORT}?transport=tcp",
        f"turns:{name}:{TLS_PORT}?transport=tcp",
    ]


def relay_host(given: str, otherwise: str) -> str:
    """TURN_HOST: a name or an address of ours, without anything around it."""
    name = given.strip("[]")
    if not re.fullmatch(r"[a-zA-Z0-9_.-]*|[0-9a-fA-F:.]+", name):
        raise WrongSetting("TURN_HOST", f"“{given}” is more than a host name. Right would be relay.example.org")
    return name or otherwise


def turn_urls(given: list[str], *, secret: str, host: str) -> list[str]:
    """TURN_URLS, or those of our own relay on `host` where there is only a secret."""
    if given and not secret:
        raise WrongSetting(
            "TURN_SECRET", "is empty, although TURN_URLS names a relay. Set the secret that the relay has, or neither."
        )
    if secret and (len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_DIFFERENT):
        raise WrongSetting(
            "TURN_SECRET",
            f"is too easy to guess: it needs {SHORTEST_SECRET} random characters or more, at least {FEWEST_DIFFERENT} "
            "of them different. Make one with: openssl rand -hex 32",
        )
    return checked("TURN_URLS", given, {"turn", "turns"}, TURN_EXAMPLE) or (derived(host) if secret else [])


def stun_urls(given: list[str]) -> list[str]:
    return checked("STUN_URLS", given, {"stun", "stuns"}, STUN_EXAMPLE)


def checked(name: str, urls: list[str], schemes: set[str], example: str) -> list[str]:
    for url in urls:
        try:
            right = parse(url).scheme in schemes
        except ValueError as error:
            raise WrongSetting(name, f"{error}. Right would be {example}") from None
        if not right:
            raise WrongSetting(name, f"“{url}” does not belong here. Right would be {example}")
    return urls


def relay_only(wanted: bool, urls: list[str]) -> bool:
    """MEDIA_RELAY_ONLY, which lets no call connect where there is no relay."""
    if wanted and not urls:
        raise WrongSetting("MEDIA_RELAY_ONLY", "is on, but there is no relay: no call could connect. Set TURN_SECRET.")
    return wanted
