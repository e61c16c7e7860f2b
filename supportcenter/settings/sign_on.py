"""Single sign-on: which identity providers let people in, what of theirs counts, and whether passwords still do."""

from pathlib import Path

from supportcenter.environment import WrongSetting, address_in
from supportcenter.settings.places import env

# Plain http is for a provider on this machine alone: on any other way its keys could be exchanged.
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SCHEMES = ("https", "http")
NO_FILE, LARGEST_FILE = Path(), 512 * 1024
USUAL_SCOPES = ["openid", "profile", "email"]


def _of_a_provider(name: str, address: str) -> str:
    """The address that the setting gives, where it is one to ask a provider at. Raises WrongSetting."""
    parts = address_in(name, address, SCHEMES) if address else None
    if parts and parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise WrongSetting(name, "must start with https://; http:// is for a provider on this machine alone.")
    if parts and (parts.username or parts.fragment):
        raise WrongSetting(name, "must have neither a user nor a # in it.")
    return address


def _text_in(name: str, path: Path) -> str:
    """What is in the file that the setting gives; empty without one. Raises WrongSetting."""
    if path == NO_FILE:
        return ""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LARGEST_FILE)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not written in UTF-8"
        raise WrongSetting(name, f"{path} cannot be read: {why}.") from None


def _pairs_in(name: str, given: list[str]) -> list[tuple[str, str]]:
    """What stands before and behind the last equals sign of each part. Raises WrongSetting."""
    parts = [part.rpartition("=") for part in given]
    pairs = [(group.strip(), team.strip()) for group, _sign, team in parts]
    if not all(group and team for group, team in pairs):
        raise WrongSetting(name, "names a group and a team each time, as in billing-group=Billing.")
    return pairs


# OpenID Connect: the issuer, below which `/.well-known/openid-configuration` is.
OIDC_URL = _of_a_provider("OIDC_URL", env.url("OIDC_URL", schemes=SCHEMES)).removesuffix(
    "/.well-known/openid-configuration"
)
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.text("OIDC_NAME", "OpenID Connect")
OIDC_SCOPES = env.names("OIDC_SCOPES", USUAL_SCOPES)
if OIDC_URL and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise WrongSetting("OIDC_URL", "needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it.")
if OIDC_CLIENT_ID and not OIDC_URL:
    raise WrongSetting("OIDC_CLIENT_ID", "needs OIDC_URL beside it: the address of the issuer.")
if "openid" not in OIDC_SCOPES:
    raise WrongSetting("OIDC_SCOPES", "needs openid among the others.")

# SAML: the provider's metadata, from its address or in a file; the second names its entity if the first holds several.
SAML_METADATA_URL = _of_a_provider("SAML_METADATA_URL", env.url("SAML_METADATA_URL", schemes=SCHEMES))
SAML_METADATA = _text_in("SAML_METADATA_FILE", env.path("SAML_METADATA_FILE", NO_FILE))
SAML_ENTITY_ID = env.text("SAML_ENTITY_ID", "")
SAML_NAME = env.text("SAML_NAME", "SAML")
# What the site signs its own requests with, and reads encrypted assertions.
SAML_KEY = _text_in("SAML_KEY_FILE", env.path("SAML_KEY_FILE", NO_FILE))
SAML_CERTIFICATE = _text_in("SAML_CERTIFICATE_FILE", env.path("SAML_CERTIFICATE_FILE", NO_FILE))
if SAML_METADATA and SAML_METADATA_URL:
    raise WrongSetting("SAML_METADATA_FILE", "stands beside SAML_METADATA_URL: leave one of them out.")
if SAML_METADATA and "EntityDescriptor" not in SAML_METADATA:
    raise WrongSetting("SAML_METADATA_FILE", "names a file that is no SAML metadata.")
if bool(SAML_KEY) != bool(SAML_CERTIFICATE):
    raise WrongSetting("SAML_KEY_FILE", "and SAML_CERTIFICATE_FILE go together: set both, or neither.")
if SAML_KEY and "PRIVATE KEY" not in SAML_KEY:
    raise WrongSetting("SAML_KEY_FILE", "names a file that holds no private key in PEM.")
if SAML_CERTIFICATE and "BEGIN CERTIFICATE" not in SAML_CERTIFICATE:
    raise WrongSetting("SAML_CERTIFICATE_FILE", "names a file that holds no certificate in PEM.")

# Whose first sign-in makes an account; otherwise an administrator makes it first.
SSO_CREATE_ACCOUNTS = env.flag("SSO_CREATE_ACCOUNTS", True)
# Whether an address that the provider has verified leads to the account that has it.
SSO_LINK_BY_EMAIL = env.flag("SSO_LINK_BY_EMAIL", False)
# Groups whose members have a role; a role without any is given and taken here, by administrators.
SSO_REPRESENTATIVES = env.names("SSO_REPRESENTATIVES", [])
SSO_MANAGERS = env.names("SSO_MANAGERS", [])
SSO_ADMINISTRATORS = env.names("SSO_ADMINISTRATORS", [])
# Groups whose members are in a team, each with the English name of the team.
SSO_TEAMS = _pairs_in("SSO_TEAMS", env.names("SSO_TEAMS", []))
# Names of claims and attributes, where they are not the usual ones.
SSO_USERNAME_ATTRIBUTE = env.text("SSO_USERNAME_ATTRIBUTE", "")
SSO_EMAIL_ATTRIBUTE = env.text("SSO_EMAIL_ATTRIBUTE", "")
SSO_FIRST_NAME_ATTRIBUTE = env.text("SSO_FIRST_NAME_ATTRIBUTE", "")
SSO_LAST_NAME_ATTRIBUTE = env.text("SSO_LAST_NAME_ATTRIBUTE", "")
SSO_GROUPS_ATTRIBUTE = env.text("SSO_GROUPS_ATTRIBUTE", "")

PASSWORD_SIGN_IN = env.flag("PASSWORD_SIGN_IN", True)
if not PASSWORD_SIGN_IN and not (OIDC_URL or SAML_METADATA_URL or SAML_METADATA):
    raise WrongSetting(
        "PASSWORD_SIGN_IN", "can be switched off only with OIDC_URL or SAML metadata: how else to get in?"
    )

SOCIALACCOUNT_ADAPTER = "supportcenter.accounts.sign_on.adapter.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "supportcenter.accounts.sign_on.openid.OpenId"},
    "saml": {"provider_class": "supportcenter.accounts.sign_on.saml.Saml"},
}
