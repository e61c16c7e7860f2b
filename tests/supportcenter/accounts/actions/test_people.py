"""Who may change whom, whatever a page has let them try."""

import pytest
from django.contrib.auth.models import Permission
from django.forms import model_to_dict

from supportcenter.accounts.account_form import AccountForm
from supportcenter.accounts.actions import people
from supportcenter.accounts.actions.people import add_person, change_person, send_password_link
from supportcenter.accounts.errors import (
    AccountDeleted,
    AccountDisabled,
    HoldsMore,
    NotAnAdministrator,
    NotYourself,
    RoleNotYours,
    TooManyLinks,
    UsernameTaken,
)
from supportcenter.accounts.models import User
from supportcenter.mail.models import Delivery
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = {"username": "nadia", "email": "nadia@example.org", "language": "en"}


@pytest.fixture
def rima(policy):
    """Another administrator."""
    return make_person("rima", csr=False, is_staff=True, is_superuser=True)


@pytest.fixture(autouse=True)
def mail_server_is_there(settings):
    settings.MAIL_IS_SET_UP = True


def filled(person, by, **changes):
    """The form of a person, sent back with these changes."""
    shown = {"is_active": "on", "representative": person.privileges, "administrator": person.is_superuser}
    fields = {**model_to_dict(person, ["username", "first_name", "last_name", "email", "language"]), **shown}
    fields |= {f"initial-{name}": value for name, value in fields.items()}
    sent = {name: value for name, value in {**fields, **changes}.items() if value}
    form = AccountForm(sent, instance=User.objects.get(pk=person.pk), by=by)
    assert form.is_valid(), form.errors
    return form


def new(by, **more):
    form = AccountForm({**NEW, **more}, by=by)
    assert form.is_valid(), form.errors
    return form


def test_of_two_who_demote_each_other_the_first_wins(dana, rima):
    of_dana, of_rima = (filled(who, by, administrator=None) for who, by in ((dana, rima), (rima, dana)))
    change_person(of_rima, by=dana)
    with pytest.raises(NotAnAdministrator):
        change_person(of_dana, by=rima)
    assert User.objects.filter(is_active=True, is_superuser=True).get() == dana


def test_of_two_who_disable_each_other_the_first_wins(dana, rima):
    of_dana, of_rima = (filled(who, by, is_active=None) for who, by in ((dana, rima), (rima, dana)))
    change_person(of_rima, by=dana)
    with pytest.raises(NotAnAdministrator):
        change_person(of_dana, by=rima)
    assert User.objects.filter(is_active=True, is_superuser=True).get() == dana


@pytest.mark.parametrize("changes", [{"administrator": None}, {"is_active": None}, {"representative": "on"}])
def test_own_roles_are_refused(dana, rima, changes):
    with pytest.raises(NotYourself):
        change_person(filled(dana, rima, **changes), by=dana)
    dana = User.objects.get(pk=dana.pk)
    assert (dana.is_active, dana.is_superuser, dana.is_csr) == (True, True, False)


def test_what_a_person_was_given_meanwhile_counts(dana, rima, eve):
    form = filled(eve, dana, email="new@example.org")
    User.objects.filter(pk=rima.pk).update(is_superuser=False)
    clerk(rima)
    User.objects.filter(pk=eve.pk).update(is_superuser=True)
    with pytest.raises(HoldsMore):
        change_person(form, by=rima)
    with pytest.raises(HoldsMore):
        send_password_link(eve, by=rima)
    assert User.objects.get(pk=eve.pk).email == eve.email


def test_roles_are_given_by_those_who_may(dana, rima, eve):
    User.objects.filter(pk=rima.pk).update(is_superuser=False)
    clerk(rima)
    for role in ("representative", "administrator"):
        with pytest.raises(RoleNotYours):
            change_person(filled(eve, dana, **{role: "on"}), by=rima)
        with pytest.raises(RoleNotYours):
            add_person(new(dana, **{role: "on"}), by=rima)
    assert not User.objects.get(pk=eve.pk).is_csr
    assert not User.objects.filter(username="nadia").exists()


def test_others_do_nothing(dana, amal, eve):
    for refused in (
        lambda: add_person(new(dana), by=amal),
        lambda: change_person(filled(eve, dana, first_name="Eva"), by=amal),
        lambda: send_password_link(eve, by=amal),
    ):
        with pytest.raises(NotAnAdministrator):
            refused()
    assert not User.objects.filter(username="nadia").exists()
    assert not Delivery.objects.exists()


def test_a_name_that_is_taken_meanwhile_is_refused(dana, eve):
    added, changed = new(dana), filled(eve, dana, username="nadia", first_name="Nadia")
    make_person("nadia")
    with pytest.raises(UsernameTaken):
        add_person(added, by=dana)
    with pytest.raises(UsernameTaken):
        change_person(changed, by=dana)
    assert User.objects.get(pk=eve.pk).username == "eve"


def test_an_account_that_was_deleted_meanwhile_is_missing(dana, eve):
    form = filled(eve, dana, first_name="Eva")
    User.objects.filter(pk=eve.pk).delete()
    with pytest.raises(AccountDeleted):
        change_person(form, by=dana)
    with pytest.raises(AccountDeleted):
        send_password_link(eve, by=dana)


def test_no_link_goes_to_an_account_that_was_disabled_meanwhile(dana, eve):
    User.objects.filter(pk=eve.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        send_password_link(eve, by=dana)


def test_links_are_bounded(dana, eve, monkeypatch):
    monkeypatch.setattr(people, "LINKS", type(people.LINKS)(2, namespace="password_links"))
    for _each in range(2):
        send_password_link(eve, by=dana)
    with pytest.raises(TooManyLinks):
        send_password_link(eve, by=dana)
    with pytest.raises(TooManyLinks):
        add_person(new(dana), by=dana)
    assert not User.objects.filter(username="nadia").exists()
    assert Delivery.objects.count() == 2


def clerk(person):
    """Changes people, and gives no role."""
    names = ["change_sitepolicy", "view_user", "add_user", "change_user"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
