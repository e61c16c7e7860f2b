"""What an attacked administrator finds in the security log (docs/security.md lists the names)."""

import ast
import re

import pytest
from django.test import Client

from supportcenter.accounts.sign_in_limits import LOCKED
from tests.factories import PASSWORD
from tests.source import PACKAGES, ROOT, calls_of, modules

pytestmark = pytest.mark.django_db
FROM = "192.0.2.7"


@pytest.fixture
def lines(caplog):
    """The lines so far."""
    caplog.set_level("INFO", "supportcenter.security")
    return lambda: [each.getMessage() for each in caplog.records if each.name == "supportcenter.security"]


def post(client, path, **fields):
    return client.post(path, fields, REMOTE_ADDR=FROM)


def test_signing_in_and_out(client, amal, lines):
    post(client, "/accounts/login/", login="amal", password=PASSWORD)
    post(client, "/accounts/logout/")
    assert lines() == [f'signed_in address="{FROM}" account="amal"', f'signed_out address="{FROM}" account="amal"']


def test_failures_and_the_lock(client, amal, lines):
    for _ in range(LOCKED.amount + 1):
        post(client, "/accounts/login/", login="amal", password="a wrong one")
    assert lines() == [
        *[f'sign_in_failed address="{FROM}" account="amal"'] * LOCKED.amount,
        f'sign_in_locked address="{FROM}" account="amal"',
    ]


def test_name_that_a_stranger_chose_begins_no_line(client, db, lines):
    post(client, "/accounts/login/", login="x\nsigned_in account=amal", password="wrong")
    [line] = lines()
    assert line.startswith("sign_in_failed ")
    assert "\n" not in line


def test_password_is_changed(client, amal, lines):
    client.force_login(amal)
    new = {"password1": "another long one", "password2": "another long one"}
    post(client, "/accounts/password/change/", oldpassword=PASSWORD, **new)
    assert f'password_changed address="{FROM}" account="amal"' in lines()


def test_new_password_is_asked_for(client, db, lines):
    post(client, "/accounts/password/reset/", email="nobody@example.org")
    assert lines() == [f'password_reset_requested address="{FROM}" email="nobody@example.org"']


def test_asked_for_too_often(client, db, lines):
    for _ in range(6):
        post(client, "/accounts/password/reset/", email="nobody@example.org")
    assert lines()[-1] == f'access_refused address="{FROM}" page="account_reset_password" why="too_many"'


def test_page_that_somebody_may_not_see(client, eve, lines):
    client.force_login(eve)
    client.get("/sessions/start/", REMOTE_ADDR=FROM)
    assert lines()[-1] == f'access_refused address="{FROM}" account="eve" page="start_session" why="not_a_csr"'


def test_admin_page_that_staff_may_not_see(client, eve, lines):
    eve.is_staff = True
    eve.save()
    client.force_login(eve)
    client.get("/admin/accounts/user/", REMOTE_ADDR=FROM)
    assert 'account="eve" page="admin:accounts_user_changelist" why="forbidden"' in lines()[-1]


def test_form_of_another_site(amal, lines):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amal)
    post(client, "/sessions/start/")
    assert lines()[-1] == f'access_refused address="{FROM}" account="amal" page="start_session" why="page_outdated"'


def test_wrong_number_is_told_without_the_number(client, db, lines):
    post(client, "/join/", number="123456789", name="Mallory")
    assert lines() == [f'access_refused address="{FROM}" page="join" why="number_unknown"']


def test_no_line_holds_a_password_or_a_token(client, amal, session, lines):
    post(client, "/accounts/login/", login="amal", password="a wrong one")
    client.get(f"/invitations/{'secret' * 8}/", REMOTE_ADDR=FROM)
    post(client, "/join/", number=session.number, name="")
    assert not re.search(rf"a wrong one|secretsecret|{session.number}", "\n".join(lines()))


def test_every_name_stands_in_the_documents():
    listed = set(re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE))
    written = {
        call.args[0].value
        for path in modules(*PACKAGES)
        if "security_log" in path.read_text() and path.name != "security_log.py"
        for name in ("note", "warn", "note_opened")
        for call in calls_of(name, path)
        if name == "note_opened" or getattr(getattr(call.func, "value", None), "id", "") == "security_log"
        if isinstance(call.args[0], ast.Constant)
    }
    assert written
    assert written - listed == set()
