"""The first person of a site: by a command, or from the environment at the first start."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from supportcenter.accounts.actions.make_admin import make_first_admin
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.environment import WrongSetting

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PASSWORD = "a long enough one"


def made(*arguments):
    out = StringIO()
    call_command("make_admin", *arguments, stdout=out)
    return out.getvalue()


def test_admin_is_a_representative_too(settings):
    settings.ADMIN_PASSWORD = PASSWORD
    said = made("amal", "--email", "amal@example.org", "--first-name", "Amal")
    user = User.objects.get(username="amal")
    assert (user.is_superuser, user.is_staff, user.is_csr, user.is_manager) == (True, True, True, True)
    assert (user.email, user.first_name, user.check_password(PASSWORD)) == ("amal@example.org", "Amal", True)
    assert PASSWORD not in said


def test_without_a_terminal_the_password_is_made_up_and_printed_once():
    shown = made("amal").split("Password, shown this once: ")[1].strip()
    assert User.objects.get(username="amal").check_password(shown)
    assert "shown this once" not in made("amal")


def test_a_name_of_another_case_makes_no_second_account(settings):
    made("amal")
    with pytest.raises(CommandError, match="taken"):
        made("AMAL")
    assert User.objects.count() == 1


def test_again_it_gives_the_roles_back_and_leaves_the_rest(settings):
    made("amal", "--email", "amal@example.org")
    user = User.objects.get(username="amal")
    User.objects.filter(pk=user.pk).update(is_active=False, is_superuser=False)
    CsrPrivileges.objects.filter(user=user).update(manager=False, max_customers=3)
    settings.ADMIN_PASSWORD = "another long one"
    made("amal")
    again = User.objects.get(username="amal")
    assert (again.is_active, again.is_superuser, again.is_manager) == (True, True, True)
    assert (again.password, again.email, again.privileges.max_customers) == (user.password, "amal@example.org", 3)


@pytest.mark.parametrize(
    ("password", "email", "says"), [("password", "", "too common"), (PASSWORD, "nowhere", "valid email")]
)
def test_what_a_person_could_not_have_is_a_sentence(settings, password, email, says):
    settings.ADMIN_PASSWORD = password
    with pytest.raises(CommandError, match=says):
        made("amal", "--email", email)
    assert not User.objects.exists()


@pytest.fixture
def named(settings):
    settings.ADMIN_USERNAME, settings.ADMIN_EMAIL, settings.ADMIN_PASSWORD = "amal", "amal@example.org", PASSWORD
    return settings


def test_first_start_makes_the_one_who_is_named(named):
    make_first_admin()
    assert User.objects.get().is_superuser
    make_first_admin()
    assert User.objects.count() == 1


def test_site_that_has_an_admin_gets_no_other(named):
    User.objects.create(username="dana", is_superuser=True, is_staff=True)
    make_first_admin()
    assert not User.objects.filter(username="amal").exists()


def test_nobody_named_makes_nobody(settings):
    make_first_admin()
    assert not User.objects.exists()


def test_password_that_is_too_easy_does_not_start(named):
    named.ADMIN_PASSWORD = "password"
    with pytest.raises(WrongSetting, match="ADMIN_PASSWORD: .*too common"):
        make_first_admin()
