"""A person in Django's admin: boxes for their roles, an invitation by mail, and disabling instead of deleting."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse

from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.jobs.workers.runner import run_due
from tests.factories import make_person, make_session
from tests.factors import add_app
from tests.webacd.factories import make_agent, make_queue
from webacd.models import Agent

pytestmark = pytest.mark.django_db
ADD = "/admin/accounts/user/add/"
PASSWORD = "a long enough passphrase"
WITH_PASSWORD = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def administration(client, policy, dana, settings):
    settings.MAIL_IS_SET_UP = True
    client.force_login(dana)
    return client


def page_of(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def shown(client, path):
    """What a browser would send back from this page unchanged."""
    form = client.get(path).context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form if not bound.field.disabled}
    return {name: value for name, value in values.items() if value not in (None, False)}


def change(client, person, **changes):
    fields = {**shown(client, page_of(person)), **changes}
    return client.post(page_of(person), {name: value for name, value in fields.items() if value is not None})


def errors(answer):
    return {name: [*map(str, found)] for name, found in answer.context["adminform"].form.errors.items()}


def test_a_new_person_is_a_representative_by_one_box(administration, client):
    fields = {**shown(administration, ADD), **WITH_PASSWORD, "username": "nadia", "representative": "on"}
    assert administration.post(ADD, fields).status_code == 302
    nadia = User.objects.get(username="nadia")
    assert (nadia.is_csr, nadia.is_manager, nadia.is_staff) == (True, False, False)
    assert nadia.check_password(PASSWORD)
    client.force_login(nadia)
    assert client.get(reverse("start_session")).status_code == 200


def test_a_new_person_may_have_all_roles_and_limits(administration):
    make_queue("billing")
    roles = dict.fromkeys(("representative", "manager", "administrator", "agent", "multi_session"), "on")
    limits = {"queues": ["billing"], "max_customers": "3", "switched_off": ["video"]}
    fields = {**shown(administration, ADD), **WITH_PASSWORD, "username": "nadia", **roles, **limits}
    assert administration.post(ADD, fields).status_code == 302
    nadia = User.objects.get(username="nadia")
    assert (nadia.is_manager, nadia.is_staff, nadia.is_superuser) == (True, True, True)
    row = nadia.privileges
    assert (row.multi_session, row.max_customers, row.switched_off) == (True, 3, ["video"])
    assert [queue.slug for queue in nadia.agent.queues.all()] == ["billing"]
    assert LogEntry.objects.filter(object_id=str(nadia.pk)).count() == 1


def test_a_new_person_is_nothing_without_a_box(administration):
    administration.post(ADD, {**shown(administration, ADD), **WITH_PASSWORD, "username": "nadia"})
    nadia = User.objects.get(username="nadia")
    assert (nadia.is_csr, nadia.is_staff, Agent.objects.exists()) == (False, False, False)


def test_a_new_person_is_invited_by_mail(administration):
    page = shown(administration, ADD)
    assert page["usable_password"] == "false"
    fields = {**page, "username": "nadia", "email": "nadia@example.org"}
    assert administration.post(ADD, fields).status_code == 302
    assert not User.objects.get(username="nadia").has_usable_password()
    run_due()
    assert [message.to for message in mail.outbox] == [["nadia@example.org"]]


def test_an_invitation_needs_an_address_and_a_mail_server(administration, settings):
    fields = {**shown(administration, ADD), "username": "nadia", "usable_password": "false"}
    assert errors(administration.post(ADD, fields)) == {"email": ["This account has no email address that works."]}
    settings.MAIL_IS_SET_UP = False
    assert shown(administration, ADD)["usable_password"] == "true"
    refused = administration.post(ADD, {**fields, "email": "nadia@example.org"})
    assert errors(refused) == {"__all__": ["No mail server is set up on this site."]}
    assert not User.objects.filter(username="nadia").exists()


def test_boxes_show_what_a_person_is_and_change_it(administration, amal):
    CsrPrivileges.objects.filter(user=amal).update(manager=True, max_customers=4)
    page = shown(administration, page_of(amal))
    assert {name: page.get(name) for name in ("representative", "manager", "administrator", "max_customers")} == {
        "representative": True,
        "manager": True,
        "administrator": None,
        "max_customers": 4,
    }
    assert change(administration, amal, representative=None, manager=None).status_code == 302
    assert not User.objects.get(pk=amal.pk).is_csr
    assert change(administration, amal, representative="on").status_code == 302
    # The limits went with the role.
    assert User.objects.get(pk=amal.pk).privileges.max_customers is None


def test_saving_a_page_unchanged_changes_nothing(administration, amal, bilal):
    make_queue("billing", agents=[make_agent(bilal)])
    CsrPrivileges.objects.filter(user=bilal).update(manager=True, switched_off=["video"])
    before = CsrPrivileges.objects.filter(user=bilal).values().get()
    assert change(administration, bilal).status_code == 302
    assert CsrPrivileges.objects.filter(user=bilal).values().get() == before
    assert Agent.objects.get(user=bilal).queues.count() == 1


def test_own_roles_cannot_be_changed(administration, dana):
    form = administration.get(page_of(dana)).context["adminform"].form
    own = ["representative", "manager", "administrator", "is_active"]
    assert [form.fields[name].disabled for name in own] == [True] * 4
    assert change(administration, dana, representative="on", administrator=None).status_code == 302
    dana = User.objects.get(pk=dana.pk)
    assert (dana.is_csr, dana.is_superuser) == (False, True)


def test_permissions_and_groups_are_out_of_sight(administration, amal):
    assert Group not in admin.site._registry
    assert not {"groups", "user_permissions", "is_staff"} & {
        *administration.get(page_of(amal)).context["adminform"].form.fields
    }


def test_permissions_of_an_account_of_the_staff_go_on(administration, eve, client):
    group = Group.objects.create(name="Clerks")
    group.permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    eve.is_staff = True
    eve.save()
    eve.groups.add(group)
    assert change(administration, eve, first_name="Eva").status_code == 302
    eve = User.objects.get(pk=eve.pk)
    assert (eve.is_staff, eve.has_perm("accounts.change_user"), eve.first_name) == (True, True, "Eva")
    client.force_login(eve)
    assert client.get(page_of(make_person("hala", csr=False))).status_code == 200
    client.force_login(User.objects.get(username="dana"))
    assert change(administration, eve, is_staff=None).status_code == 302
    assert not User.objects.get(pk=eve.pk).is_staff


def test_a_clerk_only_looks_at_who_holds_more(client, policy, dana, eve):
    eve.is_staff = True
    eve.save()
    eve.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(eve)
    answer = client.post(page_of(dana), {"username": "dana", "email": "eve@example.org"})
    assert (answer.status_code, User.objects.get(pk=dana.pk).email) == (403, dana.email)
    assert "first_name" not in client.get(page_of(dana)).context["adminform"].form.fields


def test_an_account_with_a_past_is_disabled_instead(administration, amal):
    make_session(amal)
    path = reverse("admin:accounts_user_delete", args=[amal.pk])
    page = administration.get(path).content.decode()
    assert "so the account cannot be deleted" in page
    assert "Disable account" in page
    administration.post(path, {"post": "yes"})
    assert User.objects.filter(pk=amal.pk).exists()
    answer = administration.post(reverse("settings_person_enabled", args=[amal.pk]), {"enabled": "no", "back": "admin"})
    assert answer["Location"] == page_of(amal)
    assert not User.objects.get(pk=amal.pk).is_active


def test_an_account_without_a_past_is_deleted(administration, amal):
    path = reverse("admin:accounts_user_delete", args=[amal.pk])
    assert administration.post(path, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=amal.pk).exists()
    assert LogEntry.objects.get().is_deletion()


def act(client, name, *people, **more):
    fields = {"action": name, "_selected_action": [person.pk for person in people], **more}
    return client.post(reverse("admin:accounts_user_changelist"), fields, follow=True)


def test_of_several_none_is_deleted_while_one_has_a_past(administration, amal, bilal):
    make_session(amal)
    page = act(administration, "delete_selected", amal, bilal)
    assert "so they cannot be deleted" in page.content.decode()
    act(administration, "delete_selected", amal, bilal, post="yes")
    assert User.objects.filter(pk__in=[amal.pk, bilal.pk]).count() == 2
    act(administration, "delete_selected", bilal, post="yes")
    assert not User.objects.filter(pk=bilal.pk).exists()


def test_several_are_disabled_and_enabled_but_not_oneself(administration, amal, bilal, dana):
    page = act(administration, "disable_accounts", amal, bilal, dana).content.decode()
    assert "2 accounts are saved." in page
    assert "You cannot change your own roles" in page
    assert [User.objects.get(pk=one.pk).is_active for one in (amal, bilal, dana)] == [False, False, True]
    act(administration, "enable_accounts", amal)
    assert User.objects.get(pk=amal.pk).is_active


def test_who_has_a_second_factor_is_led_to_where_it_is_reset(administration, amal):
    there = f'<a href="/settings/people/{amal.pk}/#person-factor">Reset the second factor</a>'
    assert there not in administration.get(page_of(amal)).content.decode()
    add_app(amal)
    assert there in administration.get(page_of(amal)).content.decode()
    assert 'id="person-factor"' in administration.get(f"/settings/people/{amal.pk}/").content.decode()


def test_who_may_only_look_at_a_person_is_led_to_no_reset(administration, dana, eve):
    add_app(dana)
    eve.is_staff = True
    eve.save()
    names = ["view_user", "change_user", "change_sitepolicy"]
    eve.user_permissions.set(Permission.objects.filter(codename__in=names))
    administration.force_login(eve)
    assert "Reset the second factor" not in administration.get(page_of(dana)).content.decode()
