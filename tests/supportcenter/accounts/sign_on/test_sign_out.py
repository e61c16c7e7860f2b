"""The end of a sign-in by a provider: here, there, and because the provider says so (E72)."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from supportcenter import clock
from supportcenter.accounts.models import SignOn, User
from supportcenter.accounts.sign_on.sign_ins import end_sign_ins
from tests.identity_providers.issuer import ANOTHER_KEY, LOGOUT
from tests.supportcenter.accounts.sign_on.asking import signed_in_as

pytestmark = pytest.mark.django_db
OUT = "/accounts/sign-on/oidc/logout/"


def test_it_is_remembered_by_the_names_of_the_provider(client, issuer):
    issuer.sign_in(client, sid="one")
    row = SignOn.objects.get()
    assert (row.issuer, row.subject, row.sid) == (issuer.url, "s1", "one")
    assert row.sign_in_id == client.session.session_key
    client.logout()
    assert SignOn.objects.count() == 0


def test_sign_in_lasts_as_long_as_one_by_password(client, issuer, amal):
    other = Client()
    issuer.sign_in(client)
    other.force_login(amal)
    assert client.session.get_expiry_age() == other.session.get_expiry_age()


def test_signing_out_goes_on_to_the_provider(client, issuer):
    issuer.sign_in(client)
    page = client.post("/accounts/logout/")
    assert signed_in_as(client) is None
    address = urlsplit(page.context["address"])
    asked = parse_qs(address.query)
    assert page.context["address"].startswith(f"{issuer.url}/end?")
    assert (asked["client_id"], asked["post_logout_redirect_uri"]) == (["support"], ["http://testserver/"])
    assert asked["id_token_hint"] == [issuer.told["/token"]["id_token"]]


def test_signing_out_works_where_the_provider_ends_nothing(client, issuer):
    del issuer.told["/.well-known/openid-configuration"]["end_session_endpoint"]
    issuer.sign_in(client)
    assert client.post("/accounts/logout/").url == "/"
    assert signed_in_as(client) is None


def test_who_came_by_password_signs_out_here_alone(client, issuer, amal):
    client.force_login(amal)
    assert client.post("/accounts/logout/").url == "/"


def test_provider_ends_one_sign_in(client, issuer):
    other = Client()
    issuer.sign_in(client, sid="one")
    issuer.sign_in(other, sid="two")
    answer = Client(enforce_csrf_checks=True).post(OUT, {"logout_token": issuer.logout_token(sid="one")})
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (
        200, b"", "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip
    assert (signed_in_as(client), signed_in_as(other)) == (None, User.objects.get())


def test_browser_is_told_that_the_provider_has_ended_it(client, issuer):
    issuer.sign_in(client, sid="one")
    assert UserSession.objects.count() == 1
    Client().post(OUT, {"logout_token": issuer.logout_token(sid="one")})
    assert UserSession.objects.count() == 0
    assert "The sign-in service has signed you out." in client.get("/accounts/login/").content.decode()
    assert end_sign_ins(issuer=issuer.url, sids=["one"]) == 0


def test_provider_ends_all_of_a_person(client, issuer):
    other, another = Client(), Client()
    issuer.sign_in(client, sid="one")
    issuer.sign_in(other)
    issuer.sign_in(another, sub="s2")
    client.post(OUT, {"logout_token": issuer.logout_token(sid=None)})
    assert [bool(signed_in_as(each)) for each in (client, other, another)] == [False, False, True]
    assert Session.objects.filter(expire_date__gt=clock.now()).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ANOTHER_KEY},
        {"algorithm": "none", "key": None},
        {"aud": "another"},
        {"iss": "https://login.example.org"},
        {"iat": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"iat": None},
        {"jti": None},
        {"exp": int(time.time()) - 3600},
        {"events": None},
        {"events": {"another": {}}},
        {"events": {LOGOUT: "x"}},
        {"nonce": "x"},
        {"sub": None},
        {"sub": None, "sid": 3},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_token_that_is_not_right_ends_nothing(client, issuer, wrong):
    issuer.sign_in(client, sid="one")
    answer = client.post(OUT, {"logout_token": issuer.logout_token(**wrong)})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert signed_in_as(client) is not None


def test_id_token_is_no_logout_token(client, issuer):
    issuer.sign_in(client)
    assert client.post(OUT, {"logout_token": issuer.told["/token"]["id_token"]}).status_code == 400


@pytest.mark.parametrize("said", [{}, {"logout_token": ""}, {"logout_token": "a.b.c"}, {"logout_token": "x" * 20_000}])
def test_what_is_no_token(client, issuer, said):
    assert client.post(OUT, said).status_code == 400


def test_token_counts_once(client, issuer):
    token = issuer.logout_token(sid="one")
    assert [client.post(OUT, {"logout_token": token}).status_code for _ in range(2)] == [200, 400]


def test_another_password_keeps_the_names(client, issuer):
    issuer.sign_in(client, sid="one")
    person = User.objects.get()
    person.set_password("correct horse battery")
    person.save()
    client.force_login(person)
    session = client.session
    session["sign_on"] = {"provider": "oidc", "issuer": issuer.url, "subject": "s1", "sid": "one"}
    session.save()
    new = {
        "oldpassword": "correct horse battery",
        "password1": "another one entirely",
        "password2": "another one entirely",
    }
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert SignOn.objects.get(sign_in_id=client.session.session_key).sid == "one"


def test_ending_names_somebody(db):
    with pytest.raises(AssertionError):
        end_sign_ins(issuer="https://login.example.org")
