"""What `manage.py doctor` says of single sign-on: whether providers answer, and what has to be entered there."""

import base64
from collections.abc import Iterator
from datetime import timedelta

import requests
from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from supportcenter import clock
from supportcenter.accounts.sign_on.fetching import discovery, keys
from supportcenter.accounts.sign_on.offers import has_oidc, has_saml
from supportcenter.accounts.sign_on.saml import certificates
from supportcenter.accounts.sign_on.teams import missing_teams
from supportcenter.doctor import Finding, fail, health_check, ok, warn
from supportcenter.whole_addresses import whole_address

# That is left for exchanging a certificate.
SOON = timedelta(days=30)


@health_check(gettext_noop("single sign-on"), active=True)
def single_sign_on() -> Iterator[Finding]:
    if not (has_oidc() or has_saml()):
        yield ok(gettext("not set up: people sign in with a password"))
    if has_oidc():
        yield from _openid()
    if has_saml():
        yield from _saml()
    for name in missing_teams():
        told = gettext("SSO_TEAMS names the team %(name)s, which does not exist") % {"name": name}
        yield warn(told, gettext("Make a team with this English name in the settings, or leave it out of SSO_TEAMS."))
    if not settings.PASSWORD_SIGN_IN:
        yield ok(gettext("passwords are switched off; in an emergency: “manage.py sign_in_link NAME”"))


def _openid() -> Iterator[Finding]:
    facts = {"name": settings.OIDC_NAME}
    try:
        issuer, signing = discovery()["issuer"], keys()
    except requests.RequestException as error:
        yield _away(
            {**facts, "error": error}, gettext("See that OIDC_URL is the provider’s issuer, and can be reached.")
        )
        return
    if signing:
        yield ok(gettext("%(name)s: %(issuer)s answers") % {**facts, "issuer": issuer})
    else:
        yield fail(gettext("%(name)s: it names no key that it signs with") % facts)
    addresses = {"back": whole_address("sign_on_callback"), "out": whole_address("sign_on_back_channel")}
    yield ok(
        gettext("%(name)s: register %(back)s as redirect URI, %(out)s for back-channel logout") % {**facts, **addresses}
    )


def _saml() -> Iterator[Finding]:
    facts = {"name": settings.SAML_NAME}
    try:
        found = certificates()
    except requests.RequestException as error:
        do = gettext("See that SAML_METADATA_URL or SAML_METADATA_FILE leads to the provider’s metadata.")
        yield _away({**facts, "error": error}, do)
        return
    ends = max(x509.load_der_x509_certificate(base64.b64decode(each)).not_valid_after_utc for each in found)
    told = {**facts, "day": ends.date().isoformat()}
    do = gettext("Have the provider make another one, and take over its metadata again.")
    if ends < clock.now():
        yield fail(gettext("%(name)s: its certificate was valid until %(day)s") % told, do)
    elif ends < clock.now() + SOON:
        yield warn(gettext("%(name)s: its certificate is valid until %(day)s only") % told, do)
    else:
        yield ok(gettext("%(name)s: its certificate is valid until %(day)s") % told)
    yield ok(
        gettext("%(name)s: register %(metadata)s, where this site’s metadata are")
        % {**facts, "metadata": whole_address("sign_on_metadata")}
    )


def _away(facts: dict[str, object], do: str) -> Finding:
    return fail(gettext("%(name)s does not answer as it should: %(error)s") % facts, do)
