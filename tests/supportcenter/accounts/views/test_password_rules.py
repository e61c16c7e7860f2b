"""Which passwords a person may choose, and what becomes of them and of the secrets that they open."""

import re

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import get_hasher, make_password

import supportcenter.settings
from supportcenter.accounts.models import SitePolicy
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
PAGE, SIGN_IN = "/accounts/password/change/", "/accounts/login/"


@pytest.fixture
def hala(client):
    hala = make_person("hala")
    hala.email = "hala.almutairi@example.org"
    hala.save()
    client.force_login(hala)
    return hala


def change(client, new, old=PASSWORD, again=None):
    return client.post(PAGE, {"oldpassword": old, "password1": new, "password2": new if again is None else again})


def errors(answer):
    return {name: [each.code for each in found] for name, found in answer.context["form"].errors.as_data().items()}


@pytest.mark.parametrize(
    "password",
    [
        "eight888",
        # Much besides a word of the site.
        "support brunnenkresse",
        # Of one kind of characters only.
        "brunnenkresse",
        "7401958263",
        "بيت أخضر قرب النهر",
        "  with spaces around it  ",
        "x" + "y" * 63,
        "Zz9!" * 50,
    ],
)
def test_password_of_any_letters_and_of_any_length_from_eight_on_is_taken_as_it_is(client, hala, password):
    assert change(client, password).status_code == 302
    client.logout()
    for wrong in {password[:-1], password.swapcase(), password.strip(), password[:64]} - {password}:
        assert client.post(SIGN_IN, {"login": "hala", "password": wrong}).status_code == 200
    assert client.post(SIGN_IN, {"login": "hala", "password": password}).status_code == 302


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kpwzvq7", "password_too_short"),
        # Among those that are tried first, because they have been in leaks so often.
        ("password123", "password_too_common"),
        ("QWERTYUIOP", "password_too_common"),
        ("almutairi1", "password_too_similar"),
        ("Support.Center.2026", "password_of_our_words"),
        ("nurfix-helpdesk", "password_of_our_words"),
        ("مركز-الدعم-2026", "password_of_our_words"),
    ],
)
def test_password_that_is_tried_first_is_refused(client, hala, password, code):
    SitePolicy.objects.update_or_create(pk=1, defaults={"organisation": "Nurfix"})
    answer = change(client, password)
    assert (answer.status_code, errors(answer)) == (200, {"password1": [code]})
    hala.refresh_from_db()
    assert hala.check_password(PASSWORD)


@pytest.mark.parametrize("old", ["", "not the one that it is"])
def test_another_password_needs_the_present_one(client, hala, old):
    answer = change(client, "brunnenkresse", old=old)
    assert (answer.status_code, list(errors(answer))) == (200, ["oldpassword"])
    hala.refresh_from_db()
    assert hala.check_password(PASSWORD)


@pytest.mark.parametrize("page", [PAGE, SIGN_IN])
def test_fields_are_masked_and_leave_password_managers_alone(client, page):
    if page == PAGE:
        client.force_login(make_person("hala"))
    inputs = re.findall(r"<input[^>]*>", client.get(page).content.decode())
    fields = [each for each in inputs if re.search(r'name="\w*password\d?"', each)]
    assert len(fields) == (3 if page == PAGE else 1)
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(new|current)-password"', field)
        assert "maxlength" not in field


def test_passwords_are_stored_by_a_slow_hash_with_a_salt_of_their_own(settings):
    """As a site has it: tests take a fast one."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    assert not hasattr(supportcenter.settings, "PASSWORD_HASHERS")
    hasher = get_hasher()
    assert (hasher.algorithm, hasher.digest().name) == ("pbkdf2_sha256", "sha256")
    assert hasher.iterations >= 600_000
    assert len({make_password("brunnenkresse") for _ in range(2)}) == 2


def test_signing_in_makes_another_secret_of_the_session(client):
    make_person("hala")
    given = ["a" * 32]
    for _ in range(2):
        client.cookies["sessionid"] = given[-1]
        client.post(SIGN_IN, {"login": "hala", "password": PASSWORD})
        given.append(client.cookies["sessionid"].value)
        client.post("/accounts/logout/")
    assert len(set(given)) == 3
    # 32 of 36 characters: 165 bits.
    assert all(re.fullmatch("[a-z0-9]{32}", each) for each in given)


def test_secret_of_a_session_that_has_ended_opens_nothing(client):
    make_person("hala")
    client.post(SIGN_IN, {"login": "hala", "password": PASSWORD})
    secret = client.cookies["sessionid"].value
    assert client.get(PAGE).status_code == 200
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = secret
    assert client.get(PAGE).status_code == 302


def test_cookie_of_a_sign_in_is_for_http_and_this_site_alone(client, settings):
    make_person("hala")
    settings.SESSION_COOKIE_SECURE = True
    client.post(SIGN_IN, {"login": "hala", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert {name: cookie[name] for name in ("httponly", "secure", "samesite", "domain")} == {
        "httponly": True,
        "secure": True,
        "samesite": "Lax",
        "domain": "",
    }
