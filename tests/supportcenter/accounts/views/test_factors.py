"""Second factors (E70): added, used and taken away, and what the person and the security log are told."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from supportcenter.accounts.codes import FROM_ADDRESS
from supportcenter.accounts.models import User
from supportcenter.accounts.sealing import unseal
from supportcenter.jobs.workers.runner import run_due
from tests.factories import PASSWORD
from tests.factors import add_app, code_of, enter_password, lines_of, recovery_codes_of

pytestmark = pytest.mark.django_db
ASKS, SETS_UP = "/accounts/2fa/authenticate/", "/accounts/2fa/"
NAMES = ["second_factor_added", "second_factor_removed", "second_factor_failed", "second_factor_locked"]
NAMES += ["second_factor_reset", "recovery_code_used", "recovery_codes_renewed"]


@pytest.fixture
def told(caplog):
    caplog.set_level("INFO", "supportcenter.security")
    return lambda: lines_of(caplog, *NAMES)


@pytest.fixture
def secret(amal):
    return add_app(amal)


def is_in(client):
    return "_auth_user_id" in client.session


def enter_code(client, code, **more):
    return client.post(ASKS, {"code": code}, **more)


# ---- At sign-in


def test_password_alone_does_not_let_in(client, secret):
    assert enter_password(client, "amal").headers["Location"] == ASKS
    assert not is_in(client)
    page = client.get(ASKS)
    assert page.status_code == 200
    assert "Confirm your sign-in" in page.content.decode()


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_code_of_about_now_lets_in_where_the_person_wanted_to_go(clock, client, secret, steps):
    enter_password(client, "amal", next="/sessions/start/")
    assert enter_code(client, code_of(secret, steps=steps)).headers["Location"] == "/sessions/start/"
    assert is_in(client)


@pytest.mark.parametrize("steps", [-2, 2])
def test_code_of_another_time_does_not(clock, client, secret, steps, told):
    enter_password(client, "amal")
    answer = enter_code(client, code_of(secret, steps=steps))
    assert "That was not right" in answer.content.decode()
    assert not is_in(client)
    assert told() == ['second_factor_failed address="127.0.0.1" account="amal" factor="code"']


@pytest.mark.parametrize("seconds", [0, 31, 60])
def test_code_is_good_once(clock, client, secret, seconds):
    code = code_of(secret, steps=1)
    enter_password(client, "amal")
    enter_code(client, code)
    clock.forward(seconds=seconds)
    again = Client()
    enter_password(again, "amal")
    enter_code(again, code)
    assert (is_in(client), is_in(again)) == (True, False)


def test_code_before_one_that_was_used_is_used_up(clock, client, secret):
    enter_password(client, "amal")
    enter_code(client, code_of(secret))
    again = Client()
    enter_password(again, "amal")
    enter_code(again, code_of(secret, steps=-1))
    assert not is_in(again)


def test_recovery_code_lets_in_once_and_the_person_is_told(client, amal, secret, told):
    code = recovery_codes_of(amal)[0]
    for _ in range(2):
        client.logout()
        enter_password(client, "amal")
        enter_code(client, code)
    assert not is_in(client)
    assert told() == [
        'recovery_code_used address="127.0.0.1" account="amal" left=9',
        'second_factor_failed address="127.0.0.1" account="amal" factor="code"',
    ]
    run_due()
    [message] = mail.outbox
    assert message.to == ["amal@support.test"]
    assert "A recovery code of your account was used; 9 are left." in message.body


def test_few_codes_may_be_tried_and_strangers_use_up_none(client, amal, secret, told):
    enter_password(client, "amal")
    for _ in range(FROM_ADDRESS.amount):
        enter_code(client, "000000")
    locked = enter_code(client, code_of(secret))
    assert "Too many failed login attempts" in locked.content.decode()
    assert not is_in(client)
    assert told()[-1] == 'second_factor_locked address="127.0.0.1" account="amal"'
    # Without the password nobody is asked for a code at all.
    assert Client().post(ASKS, {"code": "000000"}).headers["Location"] == "/accounts/login/"
    # And the owner, who is elsewhere, gets in.
    owner = Client(REMOTE_ADDR="192.0.2.99")
    enter_password(owner, "amal")
    enter_code(owner, code_of(secret))
    assert is_in(owner)


@pytest.mark.parametrize(
    "credential", ["", "x", "[]", "{}", "1", '"x"', '{"response": 1}', '{"response": {"userHandle": 5}}']
)
@pytest.mark.parametrize("path", ["/accounts/2fa/keys/sign-in/", ASKS])
def test_answer_that_no_browser_gave_is_refused(client, secret, path, credential):
    enter_password(client, "amal")
    client.get("/accounts/2fa/keys/sign-in/", headers={"accept": "application/json"})
    assert client.post(path, {"credential": credential}).status_code in {200, 302}
    assert not is_in(client)


# ---- Adding and removing


def set_up_an_app(client):
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", client.get("/accounts/2fa/app/").content.decode())[1]
    return secret, client.post("/accounts/2fa/app/", {"code": code_of(secret)})


@pytest.mark.django_db(transaction=True)
def test_app_is_set_up_by_its_first_code_and_brings_recovery_codes(clock, client, amal, told):
    client.force_login(amal)
    secret, answer = set_up_an_app(client)
    assert answer.headers["Location"] == "/accounts/2fa/codes/"
    page = client.get("/accounts/2fa/codes/").content.decode()
    assert [code in page for code in recovery_codes_of(amal)] == [True] * 10
    assert told() == ['second_factor_added address="127.0.0.1" account="amal" factor="totp"']
    run_due()
    [message] = mail.outbox
    assert (message.subject, message.to) == ("Your sign-in has changed", ["amal@support.test"])
    assert "An authenticator app was set up for your account." in message.body
    # That code has been used.
    again = Client()
    enter_password(again, "amal")
    enter_code(again, code_of(secret))
    assert not is_in(again)


@pytest.mark.django_db(transaction=True)
def test_secrets_are_encrypted_and_outlive_the_secret_key(clock, client, amal, settings):
    client.force_login(amal)
    page = client.get("/accounts/2fa/app/").content.decode()
    assert page.count("<img") == 1
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)[1]
    assert secret not in json.dumps(dict(client.session.items()))
    client.post("/accounts/2fa/app/", {"code": code_of(secret)})
    assert secret not in json.dumps([one.data for one in Authenticator.objects.all()])
    clock.forward(seconds=90)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one, of more than 32 characters"
    again = Client()
    enter_password(again, "amal")
    enter_code(again, code_of(secret))
    assert is_in(again)


def test_secret_of_another_site_lets_nobody_in_and_says_why(client, secret, settings):
    settings.SECRET_KEY = "another one, of more than 32 characters"
    enter_password(client, "amal")
    answer = enter_code(client, code_of(secret))
    assert answer.status_code == 409
    assert "under another secret key of the site" in answer.content.decode()
    assert not is_in(client)


def test_seed_of_the_recovery_codes_is_encrypted(amal, secret):
    kept = Authenticator.objects.get(user=amal, type="recovery_codes").data["seed"]
    assert unseal("second factor", kept) != kept
    assert len(unseal("second factor", kept)) == 80
    assert [len(code) for code in recovery_codes_of(amal)] == [8] * 10


def test_new_password_by_the_mailed_link_asks_for_the_factor_all_the_same(client, amal, secret):
    amal.email = "amal@support.test"
    amal.save()
    client.post("/accounts/password/reset/", {"email": amal.email})
    run_due()
    page = client.get(re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1], follow=True)
    new = "another long one"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not is_in(client)
    answer = client.post("/accounts/login/", {"login": "amal", "password": new})
    assert (answer.headers["Location"], is_in(client)) == (ASKS, False)


def test_django_admin_asks_for_the_factor_as_well(client, dana):
    add_app(dana)
    assert client.get("/admin/").status_code == 302
    client.post("/admin/login/", {"username": "dana", "login": "dana", "password": PASSWORD})
    assert not is_in(client)
    enter_password(client, "dana", next="/admin/")
    assert client.get("/admin/").status_code == 302


def test_wrong_first_code_sets_nothing_up(client, amal):
    client.force_login(amal)
    client.get("/accounts/2fa/app/")
    assert "That was not right" in client.post("/accounts/2fa/app/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def sign_in_wholly(client, secret):
    enter_password(client, "amal")
    enter_code(client, code_of(secret))


def test_app_is_removed_with_its_codes_and_the_person_is_told(client, secret, told):
    sign_in_wholly(client, secret)
    assert client.get("/accounts/2fa/app/remove/").status_code == 200
    assert client.post("/accounts/2fa/app/remove/").headers["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.exists()
    assert told() == ['second_factor_removed address="127.0.0.1" account="amal" factor="totp"']
    run_due()
    assert "The authenticator app of your account was removed." in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_replace_those_before(client, amal, secret, told):
    before = recovery_codes_of(amal)
    sign_in_wholly(client, secret)
    client.post("/accounts/2fa/codes/new/")
    file = client.get("/accounts/2fa/codes/file/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file.content.decode().split() == recovery_codes_of(amal)
    assert set(before).isdisjoint(recovery_codes_of(amal))
    assert told() == ['recovery_codes_renewed address="127.0.0.1" account="amal"']


def test_key_of_somebody_else_is_not_there(client, amal, bilal):
    key = Authenticator.objects.create(user=bilal, type="webauthn", data={"name": "Blue", "credential": {}})
    client.force_login(amal)
    assert [client.get(f"/accounts/2fa/keys/{key.pk}/{end}").status_code for end in ("", "remove/")] == [404, 404]


@pytest.mark.parametrize(
    ("host", "secure", "says"),
    [
        ("testserver", True, ""),
        ("localhost:8000", False, ""),
        ("127.0.0.1:8000", False, "Open this site as http://localhost:8000."),
        ("testserver", False, "over HTTPS only"),
    ],
)
def test_page_says_where_there_are_no_passkeys(client, amal, settings, host, secure, says):
    client.force_login(amal)
    page = client.get(SETS_UP, headers={"host": host}, secure=secure).content.decode()
    assert ("Add a passkey or security key" in page) == (not says)
    assert says in page
    sign_in = Client().get("/accounts/login/", headers={"host": host}, secure=secure).content.decode()
    assert ("Sign in with a passkey" in sign_in) == (not says)


# ---- Reset by an administrator


def test_administrator_resets_a_factor(client, dana, amal, secret, told):
    client.force_login(dana)
    assert "Reset the second factor" in client.get(f"/settings/people/{amal.pk}/").content.decode()
    answer = client.post(f"/settings/people/{amal.pk}/factor/")
    assert answer.headers["Location"] == f"/settings/people/{amal.pk}/"
    assert not Authenticator.objects.exists()
    assert told() == ['second_factor_reset account="amal" by="dana"']
    run_due()
    assert "An administrator has reset the second factor of your account." in mail.outbox[0].body
    browser = Client()
    enter_password(browser, "amal")
    assert is_in(browser)
    assert client.post(f"/settings/people/{amal.pk}/factor/").status_code == 409


def test_only_who_may_change_that_account_resets_it(client, amal, dana):
    add_app(dana)
    client.force_login(amal)
    assert client.post(f"/settings/people/{dana.pk}/factor/").status_code == 403
    assert Authenticator.objects.filter(user=dana).exists()


def test_command_resets_the_last_administrator(dana, capsys, told):
    from django.core.management import CommandError, call_command

    add_app(dana)
    call_command("reset_second_factor", "dana")
    assert told() == ['second_factor_reset account="dana" by="manage.py"']
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_second_factor", "dana")
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nora")


def test_factor_goes_with_its_account(secret, amal):
    User.objects.get(pk=amal.pk).delete()
    assert not Authenticator.objects.exists()


def test_disabled_account_is_not_let_in_by_its_code(client, secret, amal):
    enter_password(client, "amal")
    User.objects.filter(pk=amal.pk).update(is_active=False)
    enter_code(client, code_of(secret))
    assert client.get("/sessions/start/").status_code == 302
