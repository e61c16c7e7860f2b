"""Settings of people: an account is added, changed, and gets the link to choose its password."""

import re

import pytest
from django.conf import settings as site
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from tests.factories import make_person, make_session
from tests.webacd.factories import make_agent, make_queue
from webacd.models import Agent, Queue

pytestmark = pytest.mark.django_db
ADD = "/settings/people/add/"
NADIA = {
    "username": "nadia",
    "first_name": "Nadia",
    "last_name": "Salem",
    "email": "nadia@example.org",
    "language": "ar",
}
PASSWORD = "a long enough passphrase"
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def admin(client, policy, dana, settings):
    settings.MAIL_IS_SET_UP = True
    client.force_login(dana)
    return client


@pytest.fixture
def clerk(admin, eve):
    """Signed in: of the staff, changes people and who is a representative, and is no superuser."""
    eve.is_staff = True
    eve.save()
    names = ["change_sitepolicy", "view_user", "add_user", "change_user"]
    names += [f"{verb}_csrprivileges" for verb in ("add", "change", "delete")]
    eve.user_permissions.set(Permission.objects.filter(codename__in=names))
    admin.force_login(eve)
    return eve


def page_of(person):
    return f"/settings/people/{person.pk}/"


def shown(client, path):
    """What a browser would send back from this page unchanged."""
    fields = [bound for bound in client.get(path).context["form"] if not bound.field.disabled]
    values = {bound.html_name: bound.value() for bound in fields}
    values |= {bound.html_initial_name: bound.value() for bound in fields if bound.field.show_hidden_initial}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def change(client, person, **changes):
    fields = {**shown(client, page_of(person)), **changes}
    return client.post(page_of(person), {name: value for name, value in fields.items() if value is not None})


def errors(answer):
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


def link_in(message):
    return re.search(re.escape(site.SITE_URL) + r"(/\S+)", message.body)[1]


def test_a_person_is_added_and_chooses_a_password_by_the_link(admin, client):
    answer = admin.post(ADD, {**NADIA, "representative": "on", "manager": "on"}, follow=True)
    nadia = User.objects.get(username="nadia")
    assert answer.redirect_chain == [(page_of(nadia), 302)]
    assert "A link to choose a password is on its way to" in answer.content.decode()
    assert (nadia.get_full_name(), nadia.email, nadia.language) == ("Nadia Salem", "nadia@example.org", "ar")
    assert (nadia.is_csr, nadia.is_manager, nadia.is_staff, nadia.is_superuser) == (True, True, False, False)
    assert not nadia.has_usable_password()
    assert mail.outbox == []

    run_due()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["nadia@example.org"], "اختيار كلمة المرور")
    assert "nadia" in sent.body
    client.logout()
    choose = client.get(link_in(sent), follow=True)
    chosen = client.post(choose.request["PATH_INFO"], PASSWORDS)
    assert chosen.status_code == 302
    client.post("/accounts/login/", {"login": "nadia", "password": PASSWORD})
    assert client.get(reverse("start_session")).status_code == 200


def test_the_log_of_the_administration_and_of_security_tell_it(admin, dana, caplog):
    admin.post(ADD, {**NADIA, "representative": "on"})
    nadia = User.objects.get(username="nadia")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.is_addition()) == (dana, str(nadia.pk), True)
    change(admin, nadia, manager="on", is_active=None)
    assert "Account enabled" in LogEntry.objects.first().get_change_message()
    told = [line for line in caplog.messages if "nadia" in line]
    assert [line.partition(" ")[0] for line in told] == [
        *("rights_changed", "rights_changed", "password_link_sent", "rights_changed", "rights_changed")
    ]
    assert all('by="dana"' in line for line in told)
    assert [re.search(r'changed="(.*?)"', line)[1] for line in told if "changed=" in line] == [
        *("created: True", "csr: True", "is_active: False", "manager: True")
    ]


def test_without_an_address_a_first_password_is_asked_for(admin):
    assert "password1" not in admin.get(ADD).context["form"].fields
    asked = admin.post(ADD, {**NADIA, "email": " "})
    assert (asked.status_code, set(errors(asked))) == (422, {"password1", "password2"})
    assert "Without an email address no link to choose a password can be sent." in asked.content.decode()
    assert not User.objects.filter(username="nadia").exists()

    assert admin.post(ADD, {**NADIA, "email": "", **PASSWORDS}).status_code == 302
    assert User.objects.get(username="nadia").check_password(PASSWORD)
    assert not Delivery.objects.exists()


def test_without_a_mail_server_a_first_password_is_asked_for_at_once(admin, settings):
    settings.MAIL_IS_SET_UP = False
    assert "No mail server is set up, so no link to choose a password can be sent." in admin.get(ADD).content.decode()
    assert admin.post(ADD, NADIA).status_code == 422
    assert admin.post(ADD, {**NADIA, **PASSWORDS}).status_code == 302
    assert User.objects.get(username="nadia").check_password(PASSWORD)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "amal"}, "username"),
        # Nobody of the two could sign in.
        ({"username": "AMAL"}, "username"),
        ({"username": "na dia"}, "username"),
        ({"email": "nadia"}, "email"),
        ({"language": "xx"}, "language"),
        ({"manager": "on"}, "manager"),
        ({"email": "", "password1": "short", "password2": "short"}, "password1"),
        ({"email": "", "password1": "nadia", "password2": "nadia"}, "password1"),
        ({"email": "", "password1": PASSWORD, "password2": PASSWORD[1:]}, "password2"),
        ({"first_name": "n" * 151}, "first_name"),
        ({"first_name": "\u200b\u2800"}, "first_name"),
        ({"last_name": "\u202egnp"}, "last_name"),
    ],
)
def test_what_is_wrong_is_said_and_adds_no_one(admin, amal, wrong, field):
    before = User.objects.count()
    answer = admin.post(ADD, {**NADIA, **wrong})
    assert (answer.status_code, list(errors(answer))) == (422, [field])
    assert (User.objects.count(), Delivery.objects.count()) == (before, 0)


def test_a_person_is_changed(admin, amal):
    assert f'href="{page_of(amal)}"' in admin.get("/settings/people/").content.decode()
    answer = change(admin, amal, first_name="Amala", email="amala@Example.org", manager="on", administrator="on")
    assert answer.status_code == 302
    amal = User.objects.get(pk=amal.pk)
    assert (amal.first_name, amal.email) == ("Amala", "amala@example.org")
    assert (amal.privileges.manager, amal.is_staff, amal.is_superuser) == (True, True, True)
    assert change(admin, amal, representative=None, manager=None, administrator=None).status_code == 302
    amal = User.objects.get(pk=amal.pk)
    assert (amal.is_csr, amal.is_staff, amal.is_superuser) == (False, False, False)


def test_a_name_that_differs_by_its_case_alone_is_refused(admin, amal, eve):
    answer = change(admin, eve, username="AMAL")
    assert (answer.status_code, [*errors(answer)]) == (422, ["username"])
    assert change(admin, eve, username="EVE").status_code == 302
    answer = admin.post(reverse("admin:accounts_user_change", args=[eve.pk]), {"username": "AMAL"})
    assert "username" in answer.context["adminform"].form.errors
    assert User.objects.get(pk=eve.pk).username == "EVE"


def test_a_new_name_and_address_are_in_the_log_of_security(admin, eve, caplog):
    change(admin, eve, username="eva", email="eva@example.org")
    told = [line for line in caplog.messages if line.startswith("rights_changed")]
    assert told == ['rights_changed account="eva" by="dana" changed="username: eve -> eva, email"']


def test_who_holds_more_is_no_link(clerk, client, dana, amal):
    client.force_login(clerk)
    page = client.get("/settings/people/").content.decode()
    assert page_of(amal) in page
    assert page_of(dana) not in page


def test_what_another_admin_has_changed_meanwhile_stays(admin, amal):
    page = shown(admin, page_of(amal))
    CsrPrivileges.objects.filter(user=amal).update(manager=True, max_customers=3)
    User.objects.filter(pk=amal.pk).update(email="new@example.org", is_active=False)
    assert admin.post(page_of(amal), page | {"last_name": "Haddad"}).status_code == 302
    amal = User.objects.get(pk=amal.pk)
    assert (amal.last_name, amal.email, amal.is_active) == ("Haddad", "new@example.org", False)
    assert (amal.privileges.manager, amal.privileges.max_customers) == (True, 3)


def test_roles_that_no_longer_fit_together_are_refused(admin, amal):
    """One has taken the representative while this one makes a manager of them."""
    page = shown(admin, page_of(amal))
    amal.privileges.delete()
    answer = admin.post(page_of(amal), page | {"manager": "on"})
    assert answer.status_code == 409
    assert errors(answer) == {"__all__": ["A manager is a representative, too: tick both, or neither."]}
    assert not User.objects.get(pk=amal.pk).is_csr


def test_nothing_changed_is_not_logged(admin, amal):
    assert change(admin, amal).status_code == 302
    assert not LogEntry.objects.exists()


def test_a_disabled_account_is_signed_out(admin, amal, django_user_model):
    theirs = type(admin)()
    theirs.force_login(amal)
    assert theirs.get(reverse("start_session")).status_code == 200
    assert change(admin, amal, is_active=None).status_code == 302
    assert theirs.get(reverse("start_session")).status_code == 302
    assert "This account is disabled." in admin.get(page_of(amal)).content.decode()
    assert admin.post(f"{page_of(amal)}link/").status_code == 409
    assert change(admin, User.objects.get(pk=amal.pk), is_active="on").status_code == 302
    assert User.objects.get(pk=amal.pk).is_active


def test_own_roles_and_own_account_are_not_to_be_changed(admin, dana):
    form = admin.get(page_of(dana)).context["form"]
    assert {name for name, field in form.fields.items() if field.disabled} == {
        *("is_active", "representative", "manager", "administrator")
    }
    own = {**shown(admin, page_of(dana)), "first_name": "Danah", "initial-administrator": "True"}
    assert admin.post(page_of(dana), own).status_code == 302
    dana = User.objects.get(pk=dana.pk)
    assert (dana.first_name, dana.is_active, dana.is_superuser) == ("Danah", True, True)


def test_the_link_is_sent_again(admin, amal, client):
    assert "Send the password link again" in admin.get(page_of(amal)).content.decode()
    for _each in range(2):
        assert admin.post(f"{page_of(amal)}link/", follow=True).redirect_chain == [(page_of(amal), 302)]
    run_due()
    assert [message.to for message in mail.outbox] == [[amal.email]] * 2
    client.logout()
    choose = client.get(link_in(mail.outbox[1]), follow=True)
    assert client.post(choose.request["PATH_INFO"], PASSWORDS).status_code == 302
    assert User.objects.get(pk=amal.pk).check_password(PASSWORD)


def test_who_cannot_be_mailed_gets_a_password_in_the_administration(admin, amal, settings):
    way = reverse("admin:auth_user_password_change", args=[amal.pk])
    assert way not in admin.get(page_of(amal)).content.decode()
    User.objects.filter(pk=amal.pk).update(email="")
    assert way in admin.get(page_of(amal)).content.decode()
    assert admin.post(f"{page_of(amal)}link/").status_code == 409
    User.objects.filter(pk=amal.pk).update(email=amal.email)
    settings.MAIL_IS_SET_UP = False
    assert way in admin.get(page_of(amal)).content.decode()
    assert admin.post(f"{page_of(amal)}link/").status_code == 409
    assert not Delivery.objects.exists()


def test_a_person_becomes_a_queue_agent_and_is_one_no_longer(admin, bilal, policy):
    make_queue("billing"), make_queue("printing")
    assert change(admin, bilal, agent="on", queues=["printing"]).status_code == 302
    assert [queue.slug for queue in Queue.objects.filter(agents__user=bilal)] == ["printing"]
    assert change(admin, bilal, queues=["billing", "printing"]).status_code == 302
    assert Agent.objects.get(user=bilal).queues.count() == 2
    assert change(admin, bilal, agent=None).status_code == 302
    # Nobody was ever offered to them.
    assert not Agent.objects.filter(user=bilal).exists()


def test_a_queue_agent_keeps_their_level_in_a_queue_that_stays(admin, bilal):
    queue, agent = make_queue("billing"), make_agent(bilal)
    make_queue("printing")
    agent.memberships.create(queue=queue, level=3)
    assert change(admin, bilal, queues=["billing", "printing"]).status_code == 302
    assert sorted(agent.memberships.values_list("queue__slug", "level")) == [("billing", 3), ("printing", 1)]


def test_queues_that_another_admin_has_changed_meanwhile_stay(admin, bilal):
    billing, printing = make_queue("billing"), make_queue("printing")
    agent = make_agent(bilal)
    agent.memberships.create(queue=billing)
    assert 'name="initial-queues" value="billing"' in admin.get(page_of(bilal)).content.decode()
    page = shown(admin, page_of(bilal))
    agent.memberships.create(queue=printing)
    assert admin.post(page_of(bilal), page | {"last_name": "Haddad"}).status_code == 302
    assert agent.queues.count() == 2


def test_roles_that_do_not_fit_together_are_told_at_their_box(admin, bilal, eve):
    make_queue("billing")
    refused = change(admin, eve, agent="on")
    assert (refused.status_code, errors(refused)) == (
        422,
        {"agent": ["A queue agent is a representative, too: tick both, or neither."]},
    )
    refused = change(admin, bilal, queues=["billing"])
    assert errors(refused) == {"queues": ["Only queue agents serve queues: tick “Queue agent” as well."]}
    assert not Agent.objects.exists()


def test_limits_are_set_with_the_role(admin, eve):
    assert change(admin, eve, representative="on", multi_session="on", max_customers="3").status_code == 302
    row = User.objects.get(pk=eve.pk).privileges
    assert (row.multi_session, row.max_customers, row.switched_off) == (True, 3, [])


def test_an_account_is_disabled_and_enabled_again(admin, amal):
    answer = admin.post(f"{page_of(amal)}enabled/", {"enabled": "no"}, follow=True)
    assert "The account is disabled." in answer.content.decode()
    assert not User.objects.get(pk=amal.pk).is_active
    admin.post(f"{page_of(amal)}enabled/", {"enabled": "yes"})
    assert User.objects.get(pk=amal.pk).is_active


def test_an_account_without_a_past_is_deleted(admin, amal):
    assert "Delete account" in admin.get(page_of(amal)).content.decode()
    assert admin.post(f"{page_of(amal)}delete/").status_code == 302
    assert not User.objects.filter(pk=amal.pk).exists()
    assert LogEntry.objects.get().is_deletion()


def test_an_account_with_a_past_is_not_deleted(admin, amal):
    make_session(amal)
    page = admin.get(page_of(amal)).content.decode()
    assert "Delete account" not in page
    assert "so the account can be disabled, but not deleted" in page
    assert admin.post(f"{page_of(amal)}delete/").status_code == 409
    assert User.objects.filter(pk=amal.pk).exists()


def test_nobody_deletes_or_disables_themselves(admin, dana):
    assert admin.post(f"{page_of(dana)}delete/").status_code == 403
    assert admin.post(f"{page_of(dana)}enabled/", {"enabled": "no"}).status_code == 403
    assert User.objects.get(pk=dana.pk).is_active


def test_a_clerk_changes_people_and_their_role_but_makes_no_administrator(admin, clerk, amal):
    assert admin.post(ADD, {**NADIA, "representative": "on", "administrator": "on"}).status_code == 302
    nadia = User.objects.get(username="nadia")
    assert (nadia.is_csr, nadia.is_staff, nadia.is_superuser) == (True, False, False)
    assert change(admin, amal, last_name="Haddad", administrator="on").status_code == 302
    amal = User.objects.get(pk=amal.pk)
    assert (amal.last_name, amal.is_superuser) == ("Haddad", False)


def test_a_clerk_without_the_right_to_make_representatives_changes_none(admin, clerk, amal):
    clerk.user_permissions.remove(Permission.objects.get(codename="add_csrprivileges"))
    assert admin.get(page_of(amal)).status_code == 403
    assert admin.post(ADD, {**NADIA, "representative": "on"}).status_code == 302
    assert not User.objects.get(username="nadia").is_csr


@pytest.mark.parametrize("more", ["superuser", "permission", "disabled with a permission", "agent", "manages a queue"])
def test_nobody_changes_who_holds_more(admin, clerk, more):
    """A new address and the link for a password would be all it takes to have their account."""
    other = make_person("hala", is_active="disabled" not in more, is_superuser=more == "superuser")
    assert admin.get(page_of(make_person("equal"))).status_code == 200
    if "permission" in more:
        other.user_permissions.add(Permission.objects.get(codename="delete_user"))
    if more == "agent":
        make_queue(agents=[make_agent(other)])
    if more == "manages a queue":
        make_queue().managers.add(other)
    refused = admin.get(page_of(other))
    assert refused.status_code == 403
    assert "This account has rights that yours does not have" in refused.content.decode()
    assert admin.post(page_of(other), {**NADIA, "is_active": "on"}).status_code == 403
    assert admin.post(f"{page_of(other)}link/").status_code == 403
    assert (User.objects.get(pk=other.pk).username, Delivery.objects.count()) == ("hala", 0)


def test_each_right_opens_its_page(admin, clerk, amal):
    paths = ["/settings/people/", ADD, page_of(amal)]
    assert [admin.get(path).status_code for path in paths] == [200, 200, 200]
    for name, answers in [("change_user", [200, 200, 403]), ("add_user", [200, 403, 403]), ("view_user", [403] * 3)]:
        clerk.user_permissions.remove(Permission.objects.get(codename=name))
        assert [admin.get(path).status_code for path in paths] == answers


def test_who_is_not_there_is_not_found(admin):
    assert [admin.get(f"/settings/people/{pk}/").status_code for pk in (0, 10**30)] == [404, 404]
