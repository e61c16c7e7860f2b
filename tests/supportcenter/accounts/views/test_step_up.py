"""Before what changes much, a person has shown lately who they are (E70), and loses nothing that they typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supportcenter.accounts.models import SitePolicy, User
from tests.factories import PASSWORD, make_person
from tests.factors import add_app, code_of, enter_password, forget_sign_in
from tests.pictures import picture

pytestmark = pytest.mark.django_db
BY_PASSWORD, BY_CODE = "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"
POLICY, PEOPLE = "/settings/policy/", "/settings/people/"


@pytest.fixture
def desk(client, policy, dana):
    """Dana's browser, which has been signed in for long."""
    client.force_login(dana)
    forget_sign_in(client)
    return client


def policy_fields(client, **changes):
    """What the form of the policy says, with changes."""
    form = client.get(POLICY).context["form"]
    said = {name: form[name].value() for name in form.fields}
    shown = {f"initial-{name}": value for name, value in said.items()}
    fields = {name: value for name, value in {**shown, **said, **changes}.items() if value not in (False, None)}
    return {name: "on" if value is True else value for name, value in fields.items()}


def test_sign_in_that_says_nothing_of_when_is_asked(desk):
    answer = desk.get(POLICY)
    assert answer.headers["Location"] == f"{BY_PASSWORD}?next=%2Fsettings%2Fpolicy%2F"
    page = desk.get(answer.headers["Location"])
    assert "Confirm your identity" in page.content.decode()
    assert '<input type="hidden" name="next" value="/settings/policy/"' in page.content.decode()
    answer = desk.post(BY_PASSWORD, {"password": PASSWORD, "next": POLICY})
    assert answer.headers["Location"] == POLICY
    assert desk.get(POLICY).status_code == 200


def test_wrong_password_confirms_nothing(desk):
    desk.post(BY_PASSWORD, {"password": "wrong", "next": POLICY})
    assert desk.get(POLICY).status_code == 302


def test_it_counts_for_the_minutes_of_the_policy(clock, client, dana):
    enter_password(client, "dana")
    clock.forward(minutes=14)
    assert client.get(POLICY).status_code == 200
    clock.forward(minutes=2)
    assert client.get(POLICY).status_code == 302


def test_password_does_not_do_for_who_has_a_second_factor(client, dana):
    secret = add_app(dana)
    client.force_login(dana)
    assert client.get(POLICY).headers["Location"].startswith(BY_CODE)
    assert client.get(BY_PASSWORD).headers["Location"].startswith(BY_CODE)
    answer = client.post(BY_CODE, {"code": code_of(secret), "next": POLICY})
    assert answer.headers["Location"] == POLICY
    assert client.get(POLICY).status_code == 200


def test_form_that_comes_too_late_is_sent_on_afterwards(client, desk, dana):
    fresh = Client()
    fresh.force_login(dana)
    fields = policy_fields(fresh, max_customers="7")
    assert desk.post(POLICY, fields).status_code == 302
    assert SitePolicy.current().max_customers != 7
    assert "max_customers" not in str(dict(desk.session.items()))
    answer = desk.post(BY_PASSWORD, {"password": PASSWORD, "next": POLICY})
    assert answer.headers["Location"] == POLICY
    assert SitePolicy.current().max_customers == 7


def test_form_of_who_has_a_second_factor_is_not_sent_on_by_the_password(client, policy, dana):
    client.force_login(dana)
    fields = policy_fields(client, max_customers="7")
    secret = add_app(dana)
    assert client.post(POLICY, fields).headers["Location"].startswith(BY_CODE)
    client.post(BY_PASSWORD, {"password": PASSWORD, "next": POLICY})
    assert SitePolicy.current().max_customers != 7
    client.post(BY_CODE, {"code": code_of(secret), "next": POLICY})
    assert SitePolicy.current().max_customers == 7


def test_form_of_django_admin_is_sent_on_too(desk, dana, amal):
    fresh = Client()
    fresh.force_login(dana)
    path = f"/admin/accounts/user/{amal.pk}/password/"
    both = "a new and long password"
    assert desk.post(path, {"password1": both, "password2": both}).headers["Location"].startswith(BY_PASSWORD)
    assert both not in str(dict(desk.session.items()))
    desk.post(BY_PASSWORD, {"password": PASSWORD, "next": path})
    assert User.objects.get(pk=amal.pk).check_password(both)


def test_form_waits_for_its_own_page_alone(desk, dana, amal):
    fresh = Client()
    fresh.force_login(dana)
    desk.post(POLICY, policy_fields(fresh, max_customers="7"))
    desk.post(BY_PASSWORD, {"password": PASSWORD, "next": PEOPLE})
    assert SitePolicy.current().max_customers != 7


def test_form_with_a_file_is_not_kept_and_its_sender_is_told(desk):
    logo = SimpleUploadedFile("logo.png", picture(), "image/png")
    answer = desk.post("/settings/", {"site_name": "Help", "logo_file": logo})
    assert answer.status_code == 403
    assert "Nothing is saved yet" in answer.content.decode()


def test_script_is_told(desk, session):
    answer = desk.post(f"/sessions/{session.key}/record/customers/1/erase/", headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_lately_confirmed")


def test_who_has_nothing_to_confirm_with_signs_in_again(client, policy):
    dana = make_person("dana", csr=False, is_staff=True, is_superuser=True)
    dana.set_unusable_password()
    dana.save()
    client.force_login(dana)
    forget_sign_in(client)
    answer = client.get(POLICY)
    assert answer.status_code == 403
    assert "Sign out and in again first" in answer.content.decode()


def test_reading_is_not_asked_about(desk):
    paths = [PEOPLE, "/reports/", "/admin/", "/admin/accounts/user/", "/accounts/2fa/", "/"]
    assert {path: desk.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert desk.post("/admin/accounts/user/", {"action": "delete_selected"}).status_code == 302


def test_security_log_has_who_is_asked(desk, caplog):
    caplog.set_level("INFO", "supportcenter.security")
    desk.get(POLICY)
    assert 'identity_asked address="127.0.0.1" account="dana"' in [one.getMessage() for one in caplog.records]
