"""Roles that the groups of an identity provider give and take (E72)."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supportcenter.accounts.models import User
from supportcenter.accounts.rights import rights_changed
from supportcenter.accounts.sign_on.roles import give, groups_given, roles_of
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mapped(settings):
    settings.SSO_REPRESENTATIVES = ["support"]
    settings.SSO_MANAGERS = ["leads"]
    settings.SSO_ADMINISTRATORS = ["it"]


@pytest.fixture
def grace():
    return make_person("grace", csr=False)


def roles(person):
    person = User.objects.get(pk=person.pk)
    has = [
        ("representative", person.privileges is not None),
        ("manager", bool(person.privileges and person.privileges.manager)),
        ("administrator", person.is_superuser and person.is_staff),
    ]
    return {role for role, is_there in has if is_there}


def gives(person, *groups):
    give(User.objects.get(pk=person.pk), groups)
    return roles(person)


@pytest.mark.both_databases
def test_groups_give_and_take(mapped, grace, dana):
    assert gives(grace, "support") == {"representative"}
    assert gives(grace, "support", "leads") == {"representative", "manager"}
    assert gives(grace, "leads", "it") == {"representative", "manager", "administrator"}
    assert gives(grace, "support", "others") == {"representative"}
    assert gives(grace) == set()


def test_without_a_mapping_administrators_decide(grace, amal, dana):
    assert (gives(grace, "support", "it"), gives(amal), gives(dana)) == (set(), {"representative"}, {"administrator"})


def test_managers_alone(settings, grace, amal):
    settings.SSO_MANAGERS = ["leads"]
    assert gives(grace, "leads") == {"representative", "manager"}
    assert gives(grace) == {"representative"}
    assert gives(amal) == {"representative"}


def test_representatives_alone(settings, grace):
    settings.SSO_REPRESENTATIVES = ["support"]
    gives(grace, "support")
    person = User.objects.get(pk=grace.pk)
    person.privileges.manager = True
    person.privileges.save()
    assert gives(grace, "support") == {"representative", "manager"}
    assert gives(grace) == set()


def test_last_administrator_keeps_the_role(mapped, dana, caplog):
    assert gives(dana) == {"administrator"}
    assert "administrator_kept" in caplog.text
    make_person("other", csr=False, is_superuser=True, is_staff=True)
    assert gives(dana) == set()


def test_log_says_that_it_was_the_provider(mapped, grace, caplog):
    with caplog.at_level(logging.INFO, "supportcenter.security"):
        gives(grace, "support")
    assert [each.getMessage() for each in caplog.records] == [
        'rights_changed account="grace" by="the identity provider" changed="csr: True"'
    ]


def test_nothing_is_written_where_nothing_changes(mapped, grace):
    gives(grace, "support")
    person = User.objects.select_related("csr_privileges").get(pk=grace.pk)
    with CaptureQueriesContext(connection) as asked:
        give(person, ["support"])
    assert {each["sql"].split()[0] for each in asked} <= {"SELECT"}


def test_pages_hear_of_it_at_once(mapped, grace):
    heard = []

    def hear(user, **_):
        heard.append(user.is_csr)

    rights_changed.connect(hear)
    gives(grace, "support")
    rights_changed.disconnect(hear)
    assert heard == [True]


def test_whatever_else_groups_stand_for_hears_them(grace):
    heard = []

    def hear(person, groups, **_):
        heard.append((person.username, groups))

    groups_given.connect(hear)
    gives(grace, "emea", "support")
    groups_given.disconnect(hear)
    assert heard == [("grace", {"emea", "support"})]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["support"], {"representative": True, "manager": False, "administrator": False}),
        (["Support"], {"representative": False, "manager": False, "administrator": False}),
        (["leads", "it"], {"representative": True, "manager": True, "administrator": True}),
    ],
)
def test_roles_of_groups(mapped, groups, expected):
    assert roles_of(groups) == expected
