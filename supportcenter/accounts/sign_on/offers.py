"""By which identity providers people can sign in: what the settings name, read when it is asked for."""

from dataclasses import dataclass

from django.conf import settings

OIDC, SAML = "oidc", "saml"


@dataclass(frozen=True)
class Offer:
    """A button of the sign-in page; `key` is its part of the address."""

    key: str
    name: str


def offers() -> list[Offer]:
    found = [(OIDC, has_oidc(), settings.OIDC_NAME), (SAML, has_saml(), settings.SAML_NAME)]
    return [Offer(key, name) for key, is_there, name in found if is_there]


def offer(key: str) -> Offer | None:
    return next((each for each in offers() if each.key == key), None)


def has_oidc() -> bool:
    return bool(settings.OIDC_URL)


def has_saml() -> bool:
    return bool(settings.SAML_METADATA_URL or settings.SAML_METADATA)
