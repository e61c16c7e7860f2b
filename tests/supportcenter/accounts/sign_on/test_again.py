"""Confirming at the provider that it is still the same person (E72)."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory

from supportcenter.accounts.models import SignOn, Team, User
from supportcenter.accounts.sign_on.again import has_confirmed, may_confirm
from tests.factors import add_app, code_of, forget_sign_in
from tests.identity_providers.assertions import asked_of, metadata, response
from tests.supportcenter.accounts.sign_on.asking import signed_in_as

pytestmark = pytest.mark.django_db
AGAIN = "/accounts/sign-on/again/"


def request_of(client):
    request = RequestFactory().get("/")
    request.session, request.user = client.session, User.objects.get()
    return request


def go(client, **form):
    query = parse_qs(urlsplit(client.post(AGAIN, form).context["address"]).query)
    return {name: values[0] for name, values in query.items()}


def come_back(client, issuer, asked, **claims):
    issuer.will_say(issuer.token(nonce=asked["nonce"], **claims))
    return client.get("/accounts/sign-on/oidc/callback/", {"code": "code", "state": asked["state"]})


def test_the_provider_is_asked_to_ask(client, issuer):
    issuer.sign_in(client)
    assert (may_confirm(request_of(client)), has_confirmed(request_of(client))) == (True, False)
    asked = go(client, next="/setup/")
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    answer = come_back(client, issuer, asked, auth_time=int(time.time()))
    assert (answer.status_code, answer.url) == (302, "/setup/")
    assert has_confirmed(request_of(client)) is True


@pytest.mark.parametrize(
    "claims", [{"sub": "s2"}, {"auth_time": None}, {"auth_time": 1}], ids=["another person", "no time", "long ago"]
)
def test_what_confirms_nothing(client, issuer, claims):
    issuer.sign_in(client)
    answer = come_back(client, issuer, go(client), **{"auth_time": int(time.time()), **claims})
    assert (answer.status_code, answer.context["refusal"].code) == (403, "sign_on_failed")
    assert (has_confirmed(request_of(client)), User.objects.count()) == (False, 1)


def test_page_leads_there_for_who_has_no_password(client, issuer):
    issuer.sign_in(client)
    answer = client.get("/accounts/reauthenticate/?next=/setup/")
    assert (answer.status_code, answer.url) == (302, f"{AGAIN}?next=%2Fsetup%2F")
    assert 'value="/setup/"' in client.get(answer.url).content.decode()


def test_form_that_waited_is_sent_on(client, issuer, policy):
    issuer.sign_in(client)
    person = User.objects.get()
    person.is_staff = person.is_superuser = True
    person.save()
    forget_sign_in(client)
    way = client.post("/settings/teams/add/", {"name": "Billing"})
    assert way.url == f"{AGAIN}?next=%2Fsettings%2Fteams%2Fadd%2F"
    answer = come_back(client, issuer, go(client, next="/settings/teams/add/"), auth_time=int(time.time()))
    assert (answer.status_code, list(Team.objects.values_list("name", flat=True))) == (302, ["Billing"])


def test_who_has_to_set_up_a_factor_can_confirm_there(client, issuer, policy):
    policy.second_factor, policy.second_factor_days = "everyone", 0
    policy.save()
    issuer.sign_in(client)
    forget_sign_in(client)
    assert client.get("/").url == "/accounts/2fa/"
    way = client.get("/accounts/2fa/app/").url
    assert way == f"{AGAIN}?next=%2Faccounts%2F2fa%2Fapp%2F"
    answer = come_back(client, issuer, go(client, next="/accounts/2fa/app/"), auth_time=int(time.time()))
    assert client.get(answer.url).status_code == 200


def test_second_factor_is_asked_for_in_between(client, issuer):
    issuer.sign_in(client)
    secret = add_app(User.objects.get())
    other = Client()
    assert issuer.sign_in(other, sid="two").url == "/accounts/2fa/authenticate/"
    assert other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert signed_in_as(other) == User.objects.get()
    assert SignOn.objects.get(sid="two").sign_in_id == other.session.session_key


def test_who_came_by_password_confirms_nothing_there(client, issuer, amal):
    client.force_login(amal)
    assert client.get(AGAIN).status_code == 404
    assert client.get("/accounts/reauthenticate/").status_code == 200


def test_saml(client, settings):
    settings.SAML_METADATA = metadata()
    for path in ("/accounts/sign-on/saml/", AGAIN):
        asked, xml = asked_of(client.post(path).context["address"])
        assert ('ForceAuthn="true"' in xml) is (path == AGAIN)
        answer = client.get(client.post("/accounts/sign-on/saml/acs/", response(asked)).url)
        assert answer.status_code == 302
    assert has_confirmed(request_of(client)) is True
