"""What `manage.py doctor` says of single sign-on."""

import pytest

from supportcenter.accounts.sign_on import fetching
from supportcenter.accounts.sign_on.checks import single_sign_on
from supportcenter.doctor import Level
from tests.identity_providers import key_and_certificate
from tests.identity_providers.assertions import metadata

OUT = "http://127.0.0.1:8000/accounts/sign-on/oidc"


def said():
    return [(each.level, each.words) for each in single_sign_on()]


def test_where_there_is_none():
    assert said() == [(Level.OK, "not set up: people sign in with a password")]


def test_openid_names_what_to_register(issuer, settings):
    settings.PASSWORD_SIGN_IN = False
    assert said() == [
        (Level.OK, f"Example: {issuer.url} answers"),
        (Level.OK, f"Example: register {OUT}/callback/ as redirect URI, {OUT}/logout/ for back-channel logout"),
        (Level.OK, "passwords are switched off; in an emergency: “manage.py sign_in_link NAME”"),
    ]


def test_openid_without_keys(issuer):
    issuer.told["/jwks"] = {"keys": []}
    assert said()[0] == (Level.FAIL, "Example: it names no key that it signs with")


def test_openid_that_is_away(issuer, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)
    issuer.hangs.clear()
    assert said() == [(Level.FAIL, "Example does not answer as it should: No answer within the time")]


@pytest.mark.parametrize(("days", "level"), [(-1, Level.FAIL), (10, Level.WARN), (100, Level.OK)])
def test_certificate_of_saml(settings, days, level):
    settings.SAML_METADATA, settings.SAML_NAME = metadata(key_and_certificate(days)[1]), "Example"
    assert [each[0] for each in said()] == [level, Level.OK]


def test_metadata_that_cannot_be_read(settings):
    settings.SAML_METADATA = "EntityDescriptor"
    assert said()[0][0] == Level.FAIL
