import json
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.translation import override

from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User

POLICY_PAGE = "/admin/accounts/sitepolicy/1/change/"


@pytest.fixture
def admin_page(client, dana):
    client.force_login(dana)
    return client


def person_page(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def shown(response, field):
    """The read-only text of one field of an admin page."""
    form = response.context["adminform"]
    fields = [f for fieldset in form for line in fieldset for f in line]
    return next(f.contents() for f in fields if f.is_readonly and f.field["name"] == field)


def posted(response):
    """What a browser would send back from this page unchanged."""
    forms = [response.context["adminform"].form]
    for inline in response.context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.mark.parametrize(
    ("site", "csr", "text"),
    [
        (True, True, "multi-session mode (site: allows it; privileges: allows it)"),
        (False, True, "single-session mode (site: does not allow it; privileges: allows it)"),
        (True, False, "single-session mode (site: allows it; privileges: does not allow it)"),
        (False, False, "single-session mode (site: does not allow it; privileges: does not allow it)"),
    ],
)
def test_a_csrs_page_tells_the_mode_and_why(admin_page, policy, amal, site, csr, text):
    SitePolicy.objects.update(multi_session=site)
    CsrPrivileges.objects.filter(user=amal).update(multi_session=csr)

    assert shown(admin_page.get(person_page(amal)), "effective_mode") == text


@pytest.mark.parametrize(
    ("own", "text"), [(None, "5 (set for the whole site)"), (2, "2 (set for this representative)")]
)
def test_a_csrs_page_tells_the_maximum_and_why(admin_page, policy, amal, own, text):
    CsrPrivileges.objects.filter(user=amal).update(max_customers=own)

    assert shown(admin_page.get(person_page(amal)), "effective_maximum") == text


def test_a_csrs_page_speaks_arabic(admin_page, policy, amal):
    with override("ar"):
        page = admin_page.get(person_page(amal), headers={"accept-language": "ar"})

        assert shown(page, "effective_maximum") == "5 (محدد للموقع كله)"


def test_somebody_without_privileges_is_shown_as_no_csr(admin_page, eve):
    assert shown(admin_page.get(person_page(eve)), "effective_mode") == "Not a support representative."


def test_an_admin_makes_a_csr(admin_page, eve):
    page = admin_page.get(person_page(eve))

    response = admin_page.post(
        person_page(eve),
        {
            **posted(page),
            "representative": "on",
            "multi_session": "on",
            "max_customers": "3",
        },
    )

    assert response.status_code == 302
    assert User.objects.get(pk=eve.pk).is_csr
    assert list(CsrPrivileges.objects.filter(user=eve).values_list("multi_session", "max_customers")) == [(True, 3)]
    assert LogEntry.objects.filter(object_id=str(eve.pk)).count() == 1


def test_the_policy_list_leads_to_its_one_row(admin_page):
    response = admin_page.get("/admin/accounts/sitepolicy/")

    assert response["Location"] == POLICY_PAGE
    assert SitePolicy.objects.count() == 1


def test_an_admin_changes_the_policy(admin_page, policy):
    page = admin_page.get(POLICY_PAGE)

    response = admin_page.post(POLICY_PAGE, {**posted(page), "max_customers": "7"})

    assert response.status_code == 302
    assert SitePolicy.current().max_customers == 7


def test_the_policy_keeps_its_bounds(admin_page, policy):
    page = admin_page.get(POLICY_PAGE)

    response = admin_page.post(POLICY_PAGE, {**posted(page), "max_customers": "0"})

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["max_customers"]


@pytest.mark.parametrize("verb", ["add/", "1/delete/"])
def test_nobody_adds_or_deletes_a_policy(admin_page, policy, verb):
    assert admin_page.post(f"/admin/accounts/sitepolicy/{verb}", {"post": "yes"}).status_code == 403


def test_every_field_of_the_policy_is_on_its_page(admin_page, policy):
    form = admin_page.get(POLICY_PAGE).context["adminform"].form

    editable = {f.name for f in SitePolicy._meta.get_fields() if f.editable} - {"id"}
    assert set(form.fields) == editable | {"logo_file", "icon_file"}


def test_the_admin_is_closed_to_csrs(client, amal):
    client.force_login(amal)

    assert client.get(POLICY_PAGE).status_code in {302, 403}
    assert SitePolicy.objects.count() <= 1


def test_the_admin_has_no_sign_in_of_its_own(client, db):
    """Django's would go past the rate limits; the site's stands in its place."""
    page = client.get(reverse("admin:login"))

    assert (page.status_code, page["Location"].partition("?")[0]) == (302, reverse("account_login"))


def test_the_list_of_people_speaks_arabic(admin_page, amal):
    with override("ar"):
        page = admin_page.get(reverse("admin:accounts_user_changelist"), headers={"accept-language": "ar"})
    html = page.content.decode()
    assert "Amal" in html
    assert "Display name" not in html


def test_the_admins_scripts_speak_arabic(admin_page):
    """Whatever Django's own Arabic leaves in English is in ours."""
    said = admin_page.get(reverse("admin:jsi18n"), headers={"accept-language": "ar"}).content.decode()
    originals = Path(admin.__file__).with_name("locale") / "en" / "LC_MESSAGES" / "djangojs.po"
    with originals.open("rb") as file:
        texts = {message.id for message in read_po(file) if message.id and isinstance(message.id, str)}
    catalogue = json.loads(said.partition("const newcatalog = ")[2].partition(";\n")[0])

    told = {key.rpartition("\x04")[2]: text for key, text in catalogue.items()}
    assert sorted(text for text in texts if told.get(text, text) == text) == []
