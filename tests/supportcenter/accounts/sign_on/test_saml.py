"""Signing in by SAML (E72): what the site asks for, and which answers it does not believe."""

import base64

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from supportcenter.accounts.models import SignOn, User
from tests.identity_providers.assertions import (
    ANOTHER_CERTIFICATE,
    ANOTHER_KEY,
    IDP,
    SITE,
    asked_of,
    logout_request,
    metadata,
    response,
)
from tests.supportcenter.accounts.sign_on.asking import signed_in_as

pytestmark = pytest.mark.django_db
ACS, FINISH, OUT = ("/accounts/sign-on/saml/" + each for each in ("acs/", "finish/", "logout/"))


@pytest.fixture(autouse=True)
def provider(settings):
    settings.SAML_METADATA, settings.SAML_NAME = metadata(), "Example"


def start(client, **form):
    return asked_of(client.post("/accounts/sign-on/saml/", form).context["address"])[0]


def sign_in(client, **how):
    """As a browser goes: the provider's page posts without this site's cookies, then it comes with them."""
    asked = how.pop("asked", None) or start(client)
    posted = Client(enforce_csrf_checks=True).post(ACS, response(asked, **how))
    if posted.status_code != 302:
        return posted
    client.cookies.update(posted.cookies)
    return client.get(posted.url)


def test_the_question(client):
    page = client.post("/accounts/sign-on/saml/")
    asked, xml = asked_of(page.context["address"])
    assert page.context["address"].startswith("https://login.example.org/sso?SAMLRequest=")
    assert f'AssertionConsumerServiceURL="{SITE}/acs/"' in xml
    assert "ForceAuthn" not in xml
    assert start(client) != asked


def test_who_the_assertion_names_is_signed_in(client, settings):
    settings.SSO_REPRESENTATIVES = ["support"]
    attributes = {"uid": ["ada"], "mail": ["ada@example.org"], "givenName": ["Ada"], "groups": ["support", "x"]}
    answer = sign_in(client, attributes=attributes)
    assert (answer.status_code, answer.url) == (302, "/")
    ada = signed_in_as(client)
    assert (ada.username, ada.email, ada.first_name, ada.is_csr) == ("ada", "ada@example.org", "Ada", True)
    row = SignOn.objects.get()
    assert (row.issuer, row.subject, row.sid) == (IDP, "n1", "session-1")
    assert Session.objects.count() == 1


def test_cookie_of_the_answer_is_short_and_for_the_server_alone(client):
    cookie = client.post(ACS, response(start(client))).cookies["saml_answer"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 120)


def test_it_leads_where_one_wanted_to_go(client):
    asked = start(client, next="/setup/")
    assert sign_in(client, asked=asked).url == "/setup/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "https://other.example.org/metadata/"},
        {"ends": -10},
        {"begins": 10},
        {"recipient": "https://other.example.org/acs/"},
        {"issuer": "https://other.example.org/metadata"},
        {"key": ANOTHER_KEY},
        {"key": ANOTHER_KEY, "certificate": ANOTHER_CERTIFICATE},
        {"signed": False},
        {"status": "Responder"},
        {"name_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
        {"name": "n" * 192},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_answer_that_is_not_right_signs_nobody_in_and_is_not_kept(client, wrong):
    asked = start(client)
    answer = sign_in(client, asked=asked, **wrong)
    assert (answer.status_code, answer.context["refusal"].code) == (403, "sign_on_failed")
    assert (signed_in_as(client), User.objects.count(), Session.objects.count()) == (None, 0, 1)


def test_text_that_was_changed_after_signing(client):
    asked = start(client)
    right = base64.b64decode(response(asked)["SAMLResponse"])
    forged = base64.b64encode(right.replace(b">n1<", b">n2<")).decode()
    assert client.post(ACS, {"SAMLResponse": forged}).status_code == 403


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>',
        "<!DOCTYPE x [<!ENTITY y 'yy'>]>",
    ],
)
def test_answer_that_declares_words_of_its_own_is_not_read(client, settings, declared, caplog):
    right = base64.b64decode(response(start(client))["SAMLResponse"]).decode()
    answer = client.post(ACS, {"SAMLResponse": base64.b64encode((declared + right).encode()).decode()})
    assert answer.status_code == 403
    lines = [each.getMessage() for each in caplog.records if each.name == "supportcenter.security"]
    assert lines[0].startswith('sign_on_refused address="127.0.0.1" why="DTDForbidden: ')
    settings.SAML_METADATA = declared + metadata()
    assert client.post("/accounts/sign-on/saml/").status_code == 503


@pytest.mark.parametrize("said", [{}, {"SAMLResponse": ""}, {"SAMLResponse": "%%"}, {"SAMLResponse": "PGE+"}])
def test_what_is_no_answer(client, said):
    assert client.post(ACS, said).status_code == 403


def test_transient_name_with_a_lasting_attribute(client):
    transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    subject = {"urn:oasis:names:tc:SAML:attribute:subject-id": ["ada@example.org"], "uid": ["ada"]}
    sign_in(client, name_format=transient, name="t1", attributes=subject)
    sign_in(client, name_format=transient, name="t2", attributes=subject)
    assert [each.username for each in User.objects.all()] == ["ada"]


def test_an_answer_counts_once_and_in_the_browser_that_asked(client):
    asked = start(client)
    other = Client()
    start(other)
    assert sign_in(other, asked=asked).status_code == 403
    assert sign_in(client, asked=asked).status_code == 302
    client.logout()
    assert sign_in(client, asked=asked).status_code == 403
    assert signed_in_as(client) is None


def test_answer_that_nobody_asked_for(client):
    assert sign_in(client, asked="_nothing").status_code == 403
    assert client.get(FINISH).status_code == 403


def test_signing_out_goes_on_to_the_provider(client):
    sign_in(client)
    page = client.post("/accounts/logout/")
    assert signed_in_as(client) is None
    assert page.context["address"].startswith("https://login.example.org/logout?SAMLRequest=")
    _asked, xml = asked_of(page.context["address"])
    assert "<samlp:SessionIndex>session-1</samlp:SessionIndex>" in xml
    assert client.get(OUT, {"SAMLResponse": "x"}).url == "/"


def test_provider_ends_a_sign_in_even_without_its_cookies(client):
    sign_in(client)
    answer = Client().get(f"{OUT}?{logout_request()}")
    assert answer.status_code == 302
    assert answer.url.startswith("https://login.example.org/logout?SAMLResponse=")
    assert signed_in_as(client) is None


@pytest.mark.parametrize("wrong", [{"signed": False}, {"key": ANOTHER_KEY}])
def test_request_to_sign_out_that_is_not_the_providers(client, wrong):
    sign_in(client)
    assert client.get(f"{OUT}?{logout_request(**wrong)}").status_code == 403
    assert signed_in_as(client) is not None


def test_request_to_sign_out_of_another_sign_in(client):
    sign_in(client)
    assert client.get(f"{OUT}?{logout_request(sid='session-2')}").status_code == 302
    assert signed_in_as(client) is not None


def test_metadata_of_the_site(client, settings):
    settings.SAML_METADATA, settings.SAML_METADATA_URL = "", "https://login.example.org/metadata"
    answer = client.get("/accounts/sign-on/saml/metadata/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/samlmetadata+xml")
    assert f'Location="{SITE}/acs/"'.encode() in answer.content


@pytest.mark.parametrize("text", ["<a/>", "EntityDescriptor", metadata(entry="http://login.example.org/sso")])
def test_metadata_that_do_not_do(client, settings, text):
    settings.SAML_METADATA = text
    answer = client.post("/accounts/sign-on/saml/")
    assert (answer.status_code, answer.context["refusal"].code) == (503, "provider_away")
