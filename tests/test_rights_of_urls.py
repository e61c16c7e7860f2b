"""Rights that are taken, and every URL of the site: it then answers as to somebody who never had them (E51, E71).

Each way of losing a sign-in or a role, each URL of the table of `test_authorisation.py`, which has to name all: so a
URL that is added is asked here, too.
"""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from supportcenter import clock
from supportcenter.accounts.actions.sign_ins import end_other_sign_ins, end_sign_in, end_sign_ins_of
from supportcenter.accounts.models import CsrPrivileges, User
from tests.everybody import VIEWERS, table, undone, url_of
from tests.test_authorisation import DECLARED

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


def signs_out(everybody, name):
    everybody.browser(name).post("/accounts/logout/")


def signs_this_device_out_on_another(everybody, name):
    user = User.objects.get(username=name)
    end_sign_in(UserSession.objects.get(user=user).pk, by=user)


def signs_all_other_devices_out(everybody, name):
    end_other_sign_ins(keep="another", by=User.objects.get(username=name))


def is_signed_out_by_an_admin(everybody, name):
    admin = User.objects.create_superuser("another-admin")
    end_sign_ins_of(User.objects.get(username=name), by=admin)


def has_another_password(everybody, name):
    user = User.objects.get(username=name)
    user.set_password("another one entirely")
    user.save()


def is_disabled(everybody, name):
    user = User.objects.get(username=name)
    user.is_active = False
    user.save()


def is_disabled_unseen(everybody, name):
    User.objects.filter(username=name).update(is_active=False)


def sign_in_is_deleted(everybody, name):
    Session.objects.filter(pk=everybody.browser(name).cookies["sessionid"].value).delete()


def reaches_a_limit(everybody, name):
    Session.objects.update(expire_date=clock.now())


def is_no_csr(everybody, name):
    CsrPrivileges.objects.filter(user__username=name).delete()


def is_no_admin(everybody, name):
    user = User.objects.get(username=name)
    user.is_staff = user.is_superuser = False
    user.save()


SIGNED_OUT = [
    signs_out,
    signs_this_device_out_on_another,
    signs_all_other_devices_out,
    is_signed_out_by_an_admin,
    has_another_password,
    is_disabled,
    is_disabled_unseen,
    sign_in_is_deleted,
    reaches_a_limit,
]
ROLES = [(is_no_csr, "amal"), (is_no_admin, "dana")]
# Made out of the password, so that another one makes it void for everybody.
LINKS = {"account_reset_password_from_key", "sign_in_link"}
# What stays one's own without any role: one's sign-ins, and the reports that one has ordered, to look at and to stop.
OWN = {"end_sign_in", "report_mail", "stop_report"}


def rows(everybody, left_out):
    return [row for row in table(DECLARED) if url_of(row[0]) in everybody.urls and row[0] not in left_out]


def answers(everybody, viewer, *, left_out=()):
    """What every URL answers this viewer; each change is taken back."""
    found = {}
    for name, method, *_codes in rows(everybody, left_out):
        with undone():
            found[name, method] = str(everybody.ask(method, name, viewer).status_code)
    return found


def declared(everybody, viewer, *, left_out=()):
    column = 2 + VIEWERS.index(viewer)
    return {(row[0], row[1]): row[column] for row in rows(everybody, left_out)}


@pytest.mark.parametrize("way", SIGNED_OUT, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", ["amal", "dana"])
def test_who_is_signed_out_gets_at_every_url_what_a_stranger_gets(everybody, way, name):
    way(everybody, name)
    assert answers(everybody, name, left_out=LINKS) == declared(everybody, "nobody", left_out=LINKS)


@pytest.mark.parametrize(("way", "name"), ROLES, ids=lambda part: getattr(part, "__name__", part))
def test_who_loses_a_role_gets_at_every_url_what_one_without_it_gets(everybody, way, name):
    way(everybody, name)
    assert answers(everybody, name, left_out=OWN) == declared(everybody, "eve", left_out=OWN)


@pytest.mark.parametrize("name", ["amal", "dana"])
def test_table_would_tell_the_difference(everybody, name):
    """With their rights, both get much that a stranger does not."""
    strangers = declared(everybody, "nobody")
    assert sum(answer != strangers[url] for url, answer in declared(everybody, name).items()) > 50
