"""Where a participant's browser finds STUN and TURN servers, and its credentials for them. Pure.

By coturn's "TURN REST API" (use-auth-secret) the user name is `<expiry>:<who>` and the credential its HMAC under a
secret that only the site and the relay know. It is valid for one participant for a while, and cannot be forged.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import NamedTuple

from supportcenter.json_types import JsonObject


class IceSettings(NamedTuple):
    stun_urls: list[str]
    turn_urls: list[str]
    turn_secret: str
    # Seconds a credential is valid. A call goes on after that: the relay asks only when a path is set up.
    ttl: int
    # All traffic goes through the relay, so that neither side learns the other's address.
    relay_only: bool


def ice_configuration(who: str, *, now: datetime, settings: IceSettings) -> JsonObject:
    """What a page passes to its RTCPeerConnections, and for how many seconds that is valid."""
    servers: list[JsonObject] = [{"urls": settings.stun_urls}] if settings.stun_urls else []
    if settings.turn_urls and settings.turn_secret:
        servers.append({"urls": settings.turn_urls, **turn_credentials(who, now=now, settings=settings)})
    policy = "relay" if settings.relay_only else "all"
    return {"ice_servers": servers, "ice_transport_policy": policy, "seconds": settings.ttl}


def turn_credentials(who: str, *, now: datetime, settings: IceSettings) -> dict[str, str]:
    username = f"{int(now.timestamp()) + settings.ttl}:{who}"
    digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
    return {"username": username, "credential": base64.b64encode(digest).decode()}
