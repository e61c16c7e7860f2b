"""A provider that hangs, or says too much, holds nobody up (E72)."""

import pytest
import requests

from supportcenter.accounts.sign_on import fetching
from supportcenter.accounts.sign_on.fetching import ProviderSession, is_safe, kept


@pytest.fixture
def hurry(monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)


@pytest.mark.django_db
def test_provider_that_hangs_is_away_and_asked_once_for_a_while(client, issuer, hurry):
    issuer.hangs.clear()
    answers = [client.post("/accounts/sign-on/oidc/") for _ in range(3)]
    assert [(each.status_code, each.context["refusal"].code) for each in answers] == [(503, "provider_away")] * 3
    assert issuer.asked == ["/.well-known/openid-configuration"]


@pytest.mark.django_db
def test_what_was_known_does_while_it_is_away(client, issuer, hurry, monkeypatch):
    assert client.post("/accounts/sign-on/oidc/").status_code == 200
    issuer.hangs.clear()
    monkeypatch.setattr(fetching, "USABLE", 0)
    monkeypatch.setattr(fetching, "FRESH", 0)
    url = f"{issuer.url}/.well-known/openid-configuration"
    with pytest.raises(requests.RequestException):
        kept.get(url, fresh=0)
    monkeypatch.setattr(fetching, "USABLE", 3600)
    assert kept.get(url, fresh=0).json()["issuer"] == issuer.url


def test_long_answer_is_none(issuer):
    issuer.told["/long"] = b"x" * (fetching.MOST + 1)
    with ProviderSession() as session, pytest.raises(requests.Timeout):
        session.get(f"{issuer.url}/long")


def test_answer_that_is_no_json(issuer):
    issuer.told["/text"] = b"<html>"
    with ProviderSession() as session, pytest.raises(requests.RequestException):
        session.get(f"{issuer.url}/text").json()


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://login.example.org/auth", True),
        ("http://127.0.0.1:9/auth", True),
        ("http://login.example.org/auth", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_addresses_with_tls_or_on_this_machine(address, is_taken):
    assert is_safe(address) is is_taken
