"""A site where nobody signs in by password (E72): no door for one is left, but the server's own."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client

from supportcenter.accounts.account_form import AccountForm
from supportcenter.accounts.actions.people import add_person, send_password_link
from supportcenter.accounts.errors import PasswordsAreOff, SignInLinkOver
from supportcenter.accounts.models import User
from supportcenter.accounts.sign_on.links import sign_in_link, use_link
from supportcenter.mail.models import Delivery
from tests.factories import PASSWORD
from tests.factors import forget_sign_in
from tests.supportcenter.accounts.sign_on.asking import signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def off(settings):
    settings.PASSWORD_SIGN_IN = False


def test_right_password_signs_nobody_in(client, amal, off):
    answer = client.post("/accounts/login/", {"login": "amal", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"__all__": ["This site does not use passwords."]}
    assert (signed_in_as(client), authenticate(username="amal", password=PASSWORD)) == (None, None)


def test_sign_in_page_has_the_providers_alone(client, issuer, off):
    page = client.get("/accounts/login/?next=/setup/").content.decode()
    assert 'action="/accounts/sign-on/oidc/"' in page
    assert 'name="password"' not in page
    assert page.count('name="next" value="/setup/"') == 1


def test_with_both_the_page_has_both(client, issuer):
    page = client.get("/accounts/login/").content.decode()
    assert 'action="/accounts/sign-on/oidc/"' in page
    assert 'name="password"' in page


def test_no_passkey_lets_anybody_past_the_provider(client, issuer, off, settings):
    assert client.get("/accounts/2fa/keys/sign-in/").status_code == 404
    assert "data-passkey" not in client.get("/accounts/login/", SERVER_NAME="localhost").content.decode()
    settings.PASSWORD_SIGN_IN = True
    # Only a script asks for what this page has.
    assert client.get("/accounts/2fa/keys/sign-in/").status_code == 302
    assert "data-passkey" in client.get("/accounts/login/", SERVER_NAME="localhost").content.decode()


@pytest.mark.parametrize(
    "path",
    ["password/change/", "password/set/", "password/reset/", "password/reset/done/", "password/reset/key/1-a-b/"],
)
def test_pages_of_passwords_are_gone(client, amal, off, path, settings):
    client.force_login(amal)
    assert client.get(f"/accounts/{path}").status_code == 404
    settings.PASSWORD_SIGN_IN = True
    assert client.get(f"/accounts/{path}").status_code in {200, 302}


def test_no_password_is_asked_for_or_mailed(amal, dana, off):
    form = AccountForm({"username": "grace", "language": "en"}, by=dana)
    assert "password1" not in form.fields
    assert form.is_valid()
    add_person(form, by=dana)
    assert User.objects.get(username="grace").has_usable_password() is False
    with pytest.raises(PasswordsAreOff):
        send_password_link(amal, by=dana)
    assert Delivery.objects.count() == 0


def test_menus_name_no_password(client, dana, amal, off):
    client.force_login(dana)
    assert "/accounts/password/change/" not in client.get("/").content.decode()
    person = client.get(f"/settings/people/{amal.pk}/").content.decode()
    assert "/link/" not in person
    assert client.get("/.well-known/change-password").status_code == 404


def test_forgotten_password_of_a_providers_account_is_not_mailed(client, issuer, mailoutbox, clock):
    issuer.sign_in(client, preferred_username="grace", email="grace@example.org")
    other = Client()
    other.post("/accounts/password/reset/", {"email": "grace@example.org"})
    clock.forward(seconds=2)
    assert mailoutbox == []
    person = User.objects.get()
    person.set_password(PASSWORD)
    person.save()
    other.post("/accounts/password/reset/", {"email": "grace@example.org"})
    clock.forward(seconds=2)
    assert [each.to for each in mailoutbox] == [["grace@example.org"]]


def path_of(person):
    return sign_in_link(person).removeprefix("http://127.0.0.1:8000")


def test_link_of_the_server_signs_in_once(client, dana, off):
    path = path_of(dana)
    assert client.get(path).status_code == 200
    assert signed_in_as(client) is None
    answer = client.post(path)
    assert (answer.status_code, signed_in_as(client)) == (302, dana)
    other = Client()
    assert [other.get(path).status_code, other.post(path).status_code] == [410, 410]


def test_who_came_by_the_link_may_change_settings_and_is_asked_for_no_password(client, dana, off):
    client.post(path_of(dana))
    assert [each["method"] for each in client.session["account_authentication_methods"]] == ["sign_in_link"]
    assert client.get("/settings/").status_code == 200
    forget_sign_in(client)
    assert client.get("/settings/").context["refusal"].code == "sign_in_again"


def test_link_is_over_after_ten_minutes(dana, clock):
    token = sign_in_link(dana).split("/")[-2]
    clock.forward(seconds=601)
    with pytest.raises(SignInLinkOver):
        use_link(token)


def test_link_is_over_with_another_password_and_a_disabled_account(client, dana, amal):
    of_dana, of_amal = path_of(dana), path_of(amal)
    dana.set_password("another one entirely")
    dana.save()
    User.objects.filter(pk=amal.pk).update(is_active=False)
    assert [client.post(path).status_code for path in (of_dana, of_amal)] == [410, 410]
    assert client.post("/accounts/sign-in-link/nothing/").status_code == 410


def test_command_prints_the_link(client, dana, amal, capsys):
    call_command("sign_in_link", "dana")
    printed = capsys.readouterr().out.strip()
    assert client.post(printed.removeprefix("http://127.0.0.1:8000")).status_code == 302
    assert signed_in_as(client) == dana
    with pytest.raises(CommandError, match="There is no account nemo"):
        call_command("sign_in_link", "nemo")
    User.objects.filter(pk=amal.pk).update(is_active=False)
    with pytest.raises(CommandError, match="disabled"):
        call_command("sign_in_link", "amal")
