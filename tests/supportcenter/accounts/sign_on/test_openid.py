"""Signing in by OpenID Connect (E72): what the site asks for, and which answers it does not believe."""

import time

import pytest
from django.contrib.auth import get_user

from supportcenter.accounts.models import User
from tests.identity_providers.issuer import ANOTHER_KEY, KEY, public, start
from tests.supportcenter.accounts.sign_on.asking import signed_in_as

pytestmark = pytest.mark.django_db


def test_the_question_has_a_state_a_nonce_and_a_challenge(client, issuer):
    asked = start(client)
    assert asked.keys() == {
        "client_id", "redirect_uri", "scope", "response_type", "state", "nonce",
        "code_challenge", "code_challenge_method",
    }  # fmt: skip
    assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == ("support", "code", "S256")
    assert asked["redirect_uri"] == "http://testserver/accounts/sign-on/oidc/callback/"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert start(client)["nonce"] != asked["nonce"]


def test_who_the_token_names_is_signed_in(client, issuer):
    answer = issuer.sign_in(client, preferred_username="grace", given_name="Grace", family_name="Hopper")
    assert (answer.status_code, answer.url) == (302, "/")
    grace = User.objects.get(username="grace")
    assert signed_in_as(client) == grace
    assert (grace.get_full_name(), grace.has_usable_password(), grace.is_staff) == ("Grace Hopper", False, False)


def test_the_same_subject_is_the_same_account(client, issuer):
    issuer.sign_in(client, preferred_username="grace")
    issuer.sign_in(client, preferred_username="grace.hopper", given_name="Grace", email="grace@example.org")
    assert [(each.username, each.first_name, each.email) for each in User.objects.all()] == [
        ("grace", "Grace", "grace@example.org")
    ]


def test_what_userinfo_says_counts_for_the_same_subject_alone(client, issuer):
    issuer.told["/.well-known/openid-configuration"]["userinfo_endpoint"] = f"{issuer.url}/me"
    issuer.told["/me"] = {"sub": "s1", "preferred_username": "grace"}
    issuer.sign_in(client)
    assert signed_in_as(client).username == "grace"
    client.logout()
    issuer.told["/me"] = {"sub": "s2", "preferred_username": "grace"}
    assert issuer.sign_in(client).status_code == 403
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"key": ANOTHER_KEY},
        {"algorithm": "none", "key": None},
        {"algorithm": "HS256", "key": "secret" * 8},
        {"aud": "another"},
        {"aud": ["support", "another"]},
        {"azp": "another"},
        {"iss": "https://login.example.org"},
        {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
        {"exp": None},
        {"sub": None},
        {"sub": "s" * 192},
        {"events": {}},
        {"state": "another"},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_token_that_is_not_right_signs_nobody_in(client, issuer, wrong):
    answer = issuer.sign_in(client, **wrong)
    assert (answer.status_code, answer.context["refusal"].code) == (403, "sign_on_failed")
    assert (signed_in_as(client), User.objects.count()) == (None, 0)


def test_an_answer_counts_once_and_in_the_browser_that_asked(client, issuer):
    asked = start(client)
    issuer.will_say(issuer.token(nonce=asked["nonce"]))
    back = "/accounts/sign-on/oidc/callback/", {"code": "code", "state": asked["state"]}
    assert type(client)().get(*back).status_code == 403
    assert client.get(*back).status_code == 302
    assert client.get(*back).status_code == 403


def test_no_token_of_who_it_is(client, issuer):
    asked = start(client)
    issuer.told["/token"] = {"access_token": "access", "token_type": "Bearer"}
    answer = client.get("/accounts/sign-on/oidc/callback/", {"code": "code", "state": asked["state"]})
    assert answer.context["refusal"].code == "sign_on_failed"


def test_a_provider_may_exchange_its_key(client, issuer, monkeypatch):
    issuer.sign_in(client)
    monkeypatch.setattr("supportcenter.accounts.sign_on.tokens.ASK_AGAIN", 0)
    issuer.told["/jwks"] = {"keys": [public(ANOTHER_KEY, "two")]}
    asked = start(client)
    issuer.will_say(issuer.token(ANOTHER_KEY, "two", nonce=asked["nonce"]))
    answer = client.get("/accounts/sign-on/oidc/callback/", {"code": "code", "state": asked["state"]})
    assert answer.status_code == 302


def test_configuration_and_keys_are_asked_for_once(client, issuer):
    for _ in range(3):
        issuer.sign_in(client)
    assert [issuer.asked.count(path) for path in ("/.well-known/openid-configuration", "/jwks", "/token")] == [1, 1, 3]


def test_configuration_of_another_issuer_is_none(client, issuer):
    issuer.told["/.well-known/openid-configuration"]["issuer"] = "https://login.example.org"
    assert client.post("/accounts/sign-on/oidc/").status_code == 503


def test_address_without_tls_is_not_gone_to(client, issuer):
    issuer.told["/.well-known/openid-configuration"]["token_endpoint"] = "http://login.example.org/token"
    assert issuer.sign_in(client).status_code == 503


def test_cancelled_at_the_provider(client, issuer):
    asked = start(client)
    answer = client.get("/accounts/sign-on/oidc/callback/", {"error": "access_denied", "state": asked["state"]})
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert [str(each) for each in client.get(answer.url).context["messages"]] == ["You have not signed in."]


@pytest.mark.parametrize(("wanted", "led"), [("/setup/", "/setup/"), ("https://evil.example.org/", "/")])
def test_it_leads_to_pages_of_this_site_alone(client, issuer, wanted, led):
    asked = start(client, next=wanted)
    issuer.will_say(issuer.token(nonce=asked["nonce"]))
    answer = client.get("/accounts/sign-on/oidc/callback/", {"code": "code", "state": asked["state"]})
    assert answer.url == led


def test_the_browser_cannot_ask_for_more(client, issuer):
    page = client.post("/accounts/sign-on/oidc/?scope=admin&auth_params=prompt%3Dnone&process=connect")
    assert "admin" not in page.context["address"]
    assert "prompt" not in page.context["address"]


def test_without_settings_there_is_none_of_it(client):
    paths = ["oidc", "saml", "oidc/callback", "oidc/logout", "saml/acs", "saml/finish", "saml/logout", "saml/metadata"]
    urls = [f"/accounts/sign-on/{path}/" for path in paths]
    found = [ask(url).status_code for url in urls for ask in (client.get, client.post)]
    assert set(found) == {404, 405}
    assert "sign-on" not in client.get("/accounts/login/").content.decode()


def test_stranger_signed_in_before_is_signed_out_first(client, issuer, amal):
    client.force_login(amal)
    issuer.sign_in(client, preferred_username="grace")
    assert get_user(client).username == "grace"


def test_keys_of_a_shared_secret_are_no_keys(client, issuer):
    issuer.told["/jwks"] = {"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0", "alg": "HS256"}, public(KEY, "two")]}
    assert issuer.sign_in(client, algorithm="HS256", key="secret" * 8).status_code == 403
