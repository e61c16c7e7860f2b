"""What an OpenID provider signs: tokens of who has signed in, and of who has signed out elsewhere.

allauth leaves out the signature of a token that comes straight from the provider, and knows no nonce: both count here.
"""

import time
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from limits import RateLimitItemPerMinute

from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.sign_on.fetching import discovery, keys

# Never a shared secret, and never none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
# Seconds that clocks may differ by, for which a key that is not known is not asked for again, and in which a logout
# token has to arrive.
LEEWAY, ASK_AGAIN, ARRIVES = 60, 60.0, 300
LONGEST = 16 * 1024
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPE = "logout+jwt"
# As long as it could be shown again.
ONCE = RateLimitItemPerMinute(1, (ARRIVES + 2 * LEEWAY) // 60, namespace="logout_tokens")


class TokenRefused(OAuth2Error):  # noqa: N818 - a refusal is an answer
    """The token does not show what it claims; the message is for the log."""


def read_id_token(token: str) -> dict[str, Any]:
    """The claims of a token of who has signed in. Raises TokenRefused, requests.RequestException."""
    claims = _claims(token, ["iss", "sub", "aud", "exp", "iat"])
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise TokenRefused("azp is another client")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
        raise TokenRefused("aud names several clients, and azp none")
    if "events" in claims:
        raise TokenRefused("it is no token of a sign-in")
    return claims


def read_logout_token(token: str) -> dict[str, Any]:
    """The claims of a logout token, once (OpenID Connect Back-Channel Logout 1.0, 2.6).

    Raises TokenRefused, requests.RequestException.
    """
    claims = _claims(token, ["iss", "aud", "iat", "jti"])
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
        raise TokenRefused("events names no logout")
    if "nonce" in claims:
        raise TokenRefused("it has a nonce")
    if not all(isinstance(claims.get(name, ""), str) for name in ("sub", "sid")):
        raise TokenRefused("sub and sid are not text")
    if not (claims.get("sub") or claims.get("sid")):
        raise TokenRefused("it has neither sub nor sid")
    if time.time() - claims["iat"] > ARRIVES + LEEWAY:
        raise TokenRefused("it is too old")
    if not rate_limiter().hit(ONCE, claims["iss"], str(claims["jti"])):
        raise TokenRefused("it was used before")
    return claims


def _claims(token: str, required: list[str]) -> dict[str, Any]:
    if len(token) > LONGEST:
        raise TokenRefused("it is too long")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise TokenRefused("its algorithm is none of a key pair")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(header.get("kid"), algorithm),
            algorithms=[algorithm],
            audience=settings.OIDC_CLIENT_ID,
            issuer=discovery()["issuer"],
            leeway=LEEWAY,
            options={"require": required},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise TokenRefused(f"{type(error).__name__}: {error}") from error
    return claims


def _key(kid: Any, algorithm: str) -> jwt.PyJWK:
    """The provider's key of that name; one that is not known yet is asked for, but not all the time."""
    for fresh in ({}, {"fresh": ASK_AGAIN}):
        fitting = [key for key in keys(**fresh) if _fits(key, kid)]
        if len(fitting) == 1:
            return jwt.PyJWK(fitting[0], algorithm)
    raise TokenRefused("the provider has no such key")


def _fits(key: dict[str, Any], kid: Any) -> bool:
    return key.get("use", "sig") == "sig" and key.get("kty") != "oct" and (kid is None or key.get("kid") == kid)
