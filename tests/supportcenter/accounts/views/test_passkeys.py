"""Passkeys and security keys (E70), as the server sees them: answers that are right, wrong, or for another site."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factors import add_app, enter_password, lines_of
from tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db
ADD, SIGN_IN, AFTER_PASSWORD = "/accounts/2fa/keys/add/", "/accounts/2fa/keys/sign-in/", "/accounts/2fa/authenticate/"


def browser():
    return Client(headers={"host": "localhost:8000"})


def is_in(client):
    return "_auth_user_id" in client.session


def asked(page, name):
    return json.loads(json.dumps(page.context["js_data"][name], default=dict))


def add_key(client, key, **fields):
    credential = key.made(asked(client.get(ADD), "creation_options"))
    return client.post(ADD, {"name": "Laptop", "passwordless": "on", **fields, "credential": credential})


def sign_in(client, key, **fields):
    options = client.get(SIGN_IN, headers={"accept": "application/json"}).json()["request_options"]
    return client.post(SIGN_IN, {"credential": key.used(options), **fields})


@pytest.fixture
def key(amal):
    key, client = SoftKey(), browser()
    client.force_login(amal)
    assert add_key(client, key).headers["Location"] == "/accounts/2fa/codes/"
    return key


def test_page_lists_what_was_added(amal, key):
    client = browser()
    client.force_login(amal)
    page = client.get("/accounts/2fa/").content.decode()
    assert ("Laptop" in page, ">Passkey<" in page, "10 codes are left." in page) == (True, True, True)


def test_passkey_signs_in_alone_and_where_the_person_wanted_to_go(key):
    client = browser()
    assert sign_in(client, key, next="/sessions/start/").headers["Location"] == "/sessions/start/"
    assert is_in(client)
    # It has shown who its person is, also for what is asked about again.
    assert client.get("/accounts/2fa/codes/").status_code == 200


def test_key_does_after_the_password(key):
    client = browser()
    assert enter_password(client, "amal").headers["Location"] == AFTER_PASSWORD
    options = asked(client.get(AFTER_PASSWORD), "request_options")
    client.post(AFTER_PASSWORD, {"credential": key.used(options)})
    assert is_in(client)


def test_key_confirms_who_one_is(key, amal):
    client = browser()
    client.force_login(amal)
    way = client.get("/accounts/2fa/codes/").headers["Location"]
    assert way == "/accounts/2fa/keys/reauthenticate/?next=%2Faccounts%2F2fa%2Fcodes%2F"
    options = asked(client.get(way), "request_options")
    answer = client.post(way, {"credential": key.used(options), "next": "/accounts/2fa/codes/"})
    assert answer.headers["Location"] == "/accounts/2fa/codes/"
    assert client.get("/accounts/2fa/codes/").status_code == 200


def test_answer_counts_once(key):
    client = browser()
    options = client.get(SIGN_IN, headers={"accept": "application/json"}).json()["request_options"]
    answer = key.used(options)
    client.post(SIGN_IN, {"credential": answer})
    assert is_in(client)
    client.logout()
    assert client.post(SIGN_IN, {"credential": answer}).headers["Location"] == "/accounts/login/"
    assert not is_in(client)


@pytest.mark.parametrize("elsewhere", ["http://evil.test", "https://localhost.evil.test"])
def test_answer_to_another_site_lets_nobody_in(key, elsewhere, caplog):
    caplog.set_level("INFO", "supportcenter.security")
    key.origin = elsewhere
    client = browser()
    assert sign_in(client, key).headers["Location"] == "/accounts/login/"
    assert not is_in(client)
    assert lines_of(caplog, "second_factor_failed") == ['second_factor_failed address="127.0.0.1" factor="key"']


def test_another_key_lets_nobody_in(key):
    other, client = SoftKey(), browser()
    other.id, other._owner = key.id, key._owner
    sign_in(client, other)
    assert not is_in(client)


def test_passkey_of_a_disabled_account_lets_nobody_in(key, amal):
    amal.is_active = False
    amal.save()
    client = browser()
    assert sign_in(client, key).headers["Location"] == "/accounts/inactive/"
    assert not is_in(client)


def test_key_is_renamed_and_removed(key, amal):
    client = browser()
    sign_in(client, key)
    one = Authenticator.objects.get(type="webauthn")
    client.post(f"/accounts/2fa/keys/{one.pk}/", {"name": "Old  laptop "})
    assert Authenticator.objects.get(pk=one.pk).wrap().name == "Old laptop"
    assert client.post(f"/accounts/2fa/keys/{one.pk}/remove/").status_code == 302
    # The codes stood in for it alone.
    assert not Authenticator.objects.exists()


def test_codes_stay_while_another_factor_is_there(key, amal):
    client = browser()
    sign_in(client, key)
    Authenticator.objects.filter(type="recovery_codes").delete()
    add_app(amal)
    client.post(f"/accounts/2fa/keys/{Authenticator.objects.get(type='webauthn').pk}/remove/")
    assert {one.type for one in Authenticator.objects.all()} == {"totp", "recovery_codes"}
