"""Settings: what an admin changes often, in the product itself."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from supportcenter.accounts.models import CsrPrivileges, SitePolicy
from tests.pictures import picture

pytestmark = pytest.mark.django_db
LOOK, RULES, PEOPLE = "/settings/", "/settings/policy/", "/settings/people/"


@pytest.fixture
def admin(client, policy, dana):
    client.force_login(dana)
    return client


def posted(client, path):
    """What a browser would send back from this page unchanged."""
    fields = list(client.get(path).context["form"])
    values = {bound.html_name: bound.value() for bound in fields}
    values |= {bound.html_initial_name: bound.value() for bound in fields if bound.field.show_hidden_initial}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def filled_in(client, path, **changes):
    fields = {name: value for name, value in posted(client, path).items() if not name.endswith("_file")}
    return client.post(path, fields | changes)


def logged():
    return json.loads(LogEntry.objects.first().change_message)


def test_admin_changes_the_look(admin):
    answer = filled_in(admin, LOOK, site_name="Acme Help", accent_colour="#aa3377", background_colour="#fff4e6")
    assert answer.status_code == 302
    policy = SitePolicy.current()
    assert (policy.site_name, policy.accent_colour, policy.background_colour) == ("Acme Help", "#aa3377", "#fff4e6")
    assert sorted(logged()[0]["changed"]["fields"]) == ["Accent colour", "Background colour", "Site name, English"]
    assert "The settings are saved." in admin.get(LOOK).content.decode()


def test_admin_uploads_pictures(admin):
    logo, icon = (SimpleUploadedFile("p.png", picture(size=size), "image/png") for size in ((300, 100), (64, 64)))
    assert filled_in(admin, LOOK, logo_file=logo, icon_file=icon).status_code == 302
    assert (SitePolicy.current().logo.width, SitePolicy.current().icon.width) == (300, 180)
    assert filled_in(admin, LOOK, **{"logo_file-clear": "on"}).status_code == 302
    assert (SitePolicy.current().logo, SitePolicy.current().icon.width) == (None, 180)


def test_admin_changes_the_rules_and_nothing_else(admin):
    SitePolicy.objects.update(site_name="Acme", switched_off=["files"])
    assert filled_in(admin, RULES, max_customers="7", recording="off").status_code == 302
    policy = SitePolicy.current()
    assert (policy.max_customers, policy.recording, policy.site_name) == (7, "off", "Acme")
    assert policy.switched_off == ["files"]


def test_what_another_admin_has_changed_meanwhile_stays(admin):
    """Each saves what they have changed, not what their page showed."""
    page = posted(admin, RULES)
    SitePolicy.objects.update(answer_seconds=90)
    assert page["answer_seconds"] == page["initial-answer_seconds"] == 60
    admin.post(RULES, page | {"max_customers": "7"})
    assert (SitePolicy.current().max_customers, SitePolicy.current().answer_seconds) == (7, 90)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [(LOOK, {"accent_colour": "blue"}), (LOOK, {"background_colour": "#000000"}), (RULES, {"max_customers": "0"})],
)
def test_wrong_settings_change_nothing(admin, path, wrong):
    before = SitePolicy.objects.values().get()
    answer = filled_in(admin, path, **wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert SitePolicy.objects.values().get() == before
    assert not LogEntry.objects.exists()


def test_form_without_a_change_is_not_logged(admin):
    assert filled_in(admin, RULES).status_code == 302
    assert not LogEntry.objects.exists()


def test_people_are_listed_with_what_applies_to_each(admin, amal, eve):
    CsrPrivileges.objects.filter(user=amal).update(multi_session=True, max_customers=3)
    page = admin.get(PEOPLE)
    row = next(row for row in page.context["rows"] if row["person"] == amal)
    assert (row["mode"].multi, row["maximum"].number) == (True, 3)
    assert row["mode"].reason == "allowed by the site and by their privileges"
    assert {"person": eve} in page.context["rows"]
    SitePolicy.objects.update(multi_session=False)
    row = next(row for row in admin.get(PEOPLE).context["rows"] if row["person"] == amal)
    assert not row["mode"].multi


def test_what_applies_to_others_is_said_of_them_in_arabic_too(admin, amal):
    admin.post(reverse("set_language"), {"language": "ar"})
    page = admin.get(PEOPLE).content.decode()
    assert "امتيازات الحساب" in page
    assert "امتيازاتك" not in page


def test_people_cost_the_same_for_many(admin, django_user_model, django_assert_max_num_queries):
    for number in range(60):
        person = django_user_model.objects.create(username=f"person-{number}")
        CsrPrivileges.objects.create(user=person)
    with django_assert_max_num_queries(9):
        page = admin.get(PEOPLE)
    assert len(page.context["rows"]) == 50
    assert "?page=2" in page.content.decode()


def test_staff_without_the_policy_are_refused(client, amal):
    amal.is_staff = True
    amal.save()
    client.force_login(amal)
    assert [client.get(path).status_code for path in (LOOK, RULES, PEOPLE)] == [403] * 3
    amal.user_permissions.add(Permission.objects.get(codename="change_sitepolicy"))
    assert [client.get(path).status_code for path in (LOOK, RULES, PEOPLE)] == [200, 200, 403]


def test_ways_lead_to_the_settings(admin, amal):
    assert admin.get("/").content.decode().count(f'href="{reverse("settings")}"') == 2
    admin.force_login(amal)
    assert reverse("settings") not in admin.get("/").content.decode()
