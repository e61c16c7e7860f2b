"""Where a participant's browser finds STUN and TURN, and with what credentials: pure functions of settings and clock.

coturn's "TURN REST API" (use-auth-secret): the user name is `<expiry>:<who>` and the credential its HMAC under a secret
that only we and the relay know. It works for one participant, for a while, and cannot be made up.
"""

import base64
import hashlib
import hmac
from typing import NamedTuple


class IceSettings(NamedTuple):
    stun_urls: list
    turn_urls: list
    turn_secret: str
    # Seconds a credential is good for. A call goes on after that: the relay asks only when it is set up or renewed.
    ttl: int
    # Every byte through the relay: neither side learns the other's address.
    relay_only: bool


def ice_configuration(who, *, now, settings):
    """What a page passes to its RTCPeerConnections, and for how many seconds it is good."""
    servers = [{"urls": settings.stun_urls}] if settings.stun_urls else []
    if settings.turn_urls and settings.turn_secret:
        servers.append({"urls": settings.turn_urls, **turn_credentials(who, now=now, settings=settings)})
    policy = "relay" if settings.relay_only else "all"
    return {"ice_servers": servers, "ice_transport_policy": policy, "seconds": settings.ttl}


def turn_credentials(who, *, now, settings):
    username = f"{int(now.timestamp()) + settings.ttl}:{who}"
    digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
    return {"username": username, "credential": base64.b64encode(digest).decode()}
