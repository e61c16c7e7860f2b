"""Who a provider says has signed in: out of the claims of a token, or the attributes of an assertion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from supportcenter.text.invisible import without_marks

# As many groups as are looked at, and as long as a subject may be (allauth's row).
MOST_GROUPS, LONGEST_SUBJECT = 1000, 191
# The names that SAML's providers use: eduPerson, LDAP, Microsoft's, and plain ones.
OF_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
USUAL = {
    "username": ["preferred_username", "username", "uid", "urn:oid:0.9.2342.19200300.100.1.1", f"{OF_CLAIMS}name"],
    "email": ["email", "mail", "urn:oid:0.9.2342.19200300.100.1.3", f"{OF_CLAIMS}emailaddress"],
    "first_name": ["given_name", "firstName", "givenName", "urn:oid:2.5.4.42", f"{OF_CLAIMS}givenname"],
    "last_name": ["family_name", "lastName", "sn", "urn:oid:2.5.4.4", f"{OF_CLAIMS}surname"],
    "groups": ["groups", "memberOf", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"],
}


@dataclass(frozen=True)
class Identity:
    issuer: str
    subject: str
    username: str = ""
    email: str = ""
    # Whether the provider vouches for the address.
    is_verified: bool = False
    first_name: str = ""
    last_name: str = ""
    # None: the provider has not said, so nothing is given or taken.
    groups: frozenset[str] | None = frozenset()
    # What ends the sign-in again: kept with it.
    sign_in: dict[str, str] = field(default_factory=dict)
    nonce: str = ""
    # Seconds since 1970 at which the person has shown who they are; None: the provider has not said.
    authenticated_at: float | None = None


def identity_of_claims(claims: Mapping[str, Any], sign_in: dict[str, str]) -> Identity:
    """Of an OpenID provider. Entra names no groups where they are too many, but says so in `_claim_names`."""
    told = claims.get("_claim_names")
    groups_elsewhere = isinstance(told, dict) and _name("groups")[0] in told
    at = claims.get("auth_time")
    return Identity(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        is_verified=any(_is_yes(claims.get(name)) for name in ("email_verified", "xms_edov")),
        groups=None if groups_elsewhere else _groups(claims),
        sign_in=sign_in,
        nonce=str(claims.get("nonce", "")),
        authenticated_at=float(at) if isinstance(at, int | float) else None,
        **_person(claims),
    )


def identity_of_attributes(
    issuer: str, subject: str, attributes: Mapping[str, Any], sign_in: dict[str, str], *, at: float | None
) -> Identity:
    """Of a SAML provider, whose attributes are an organisation's own: it vouches for the addresses."""
    person = _person(attributes)
    return Identity(
        issuer=issuer,
        subject=subject,
        is_verified=bool(person["email"]),
        groups=_groups(attributes),
        sign_in=sign_in,
        authenticated_at=at,
        **person,
    )


def _person(found: Mapping[str, Any]) -> dict[str, str]:
    said = {name: _text(found, name) for name in USUAL if name != "groups"}
    return {**said, "username": said["username"] or said["email"].partition("@")[0]}


def _text(found: Mapping[str, Any], name: str) -> str:
    values = (_values(found, each) for each in _name(name))
    first = next((each[0] for each in values if each), "")
    return without_marks(first).strip()


def _groups(found: Mapping[str, Any]) -> frozenset[str]:
    values = (_values(found, each) for each in _name("groups"))
    return frozenset(next((each for each in values if each), [])[:MOST_GROUPS])


def _name(name: str) -> list[str]:
    """What the settings call it, or else each of its usual names."""
    own: str = getattr(settings, f"SSO_{name.upper()}_ATTRIBUTE")
    return [own] if own else USUAL[name]


def _values(found: Mapping[str, Any], name: str) -> list[str]:
    """`realm_access.roles` leads into a claim, unless one is called that."""
    value: Any = found.get(name)
    if value is None and "." in name:
        value = found
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list | tuple) else [value]
    return [each for each in values if isinstance(each, str) and each]


def _is_yes(value: Any) -> bool:
    return value is True or value in {"true", "1"} or (value == 1 and isinstance(value, int))
