"""A row that somebody adds under a person or a queue is there after Save, whatever of it was left as offered."""

import pytest
from django.contrib import admin
from django.urls import reverse

from supportcenter.accounts.models import User
from webacd.models import Queue

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough passphrase"
NEW_PERSON = {
    "username": "nadia",
    "usable_password": "true",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "language": "en",
}


@pytest.fixture
def administration(client, dana):
    client.force_login(dana)
    return client


def add_form(client, name):
    """The fields of an add page as a browser has them before anything is typed."""
    page = client.get(reverse(name))
    return page, {"_save": "Save", **bound_values(page.context["adminform"].form)}


def bound_values(form):
    return {field.html_name: field.value() for field in form if field.value() not in (None, "", [], False)}


def with_rows(page, **rows):
    """Each inline's management fields, and for each that is named one added row, as offered."""
    fields = {}
    for inline in page.context["inline_admin_formsets"]:
        formset, added = inline.formset, rows.get(inline.formset.prefix)
        fields |= {f"{formset.prefix}-TOTAL_FORMS": int(added is not None), f"{formset.prefix}-INITIAL_FORMS": 0}
        if added is not None:
            row = {key.replace("__prefix__", "0"): value for key, value in bound_values(formset.empty_form).items()}
            fields |= row | {f"{formset.prefix}-0-{name}": value for name, value in added.items()}
    return fields


def test_a_new_person_with_the_privileges_as_offered_is_a_csr(administration, client):
    page, fields = add_form(administration, "admin:accounts_user_add")
    answer = administration.post(page.request["PATH_INFO"], fields | NEW_PERSON | with_rows(page, csr_privileges={}))
    nadia = User.objects.get(username="nadia")
    assert (answer.status_code, nadia.is_csr) == (302, True)
    client.force_login(nadia)
    assert client.get(reverse("start_session")).status_code == 200


def test_a_new_person_without_added_privileges_is_no_csr(administration):
    page, fields = add_form(administration, "admin:accounts_user_add")
    administration.post(page.request["PATH_INFO"], fields | NEW_PERSON | with_rows(page))
    assert not User.objects.get(username="nadia").is_csr


def test_a_person_becomes_a_csr_later_with_the_privileges_as_offered(administration, eve):
    url = reverse("admin:accounts_user_change", args=[eve.pk])
    page = administration.get(url)
    fields = bound_values(page.context["adminform"].form) | with_rows(page, csr_privileges={})
    fields = {name: value for name, value in fields.items() if name not in {"date_joined", "last_login", "password"}}
    answer = administration.post(url, fields)
    assert (answer.status_code, User.objects.get(pk=eve.pk).is_csr) == (302, True)


def test_a_saved_row_may_still_be_taken_away(administration, amal):
    url = reverse("admin:accounts_user_change", args=[amal.pk])
    page = administration.get(url)
    rows = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": amal.csr_privileges.pk, "0-user": amal.pk, "0-DELETE": "on"}
    fields = bound_values(page.context["adminform"].form) | {f"csr_privileges-{key}": rows[key] for key in rows}
    fields = {name: value for name, value in fields.items() if name not in {"date_joined", "last_login", "password"}}
    assert administration.post(url, fields).status_code == 302
    assert not User.objects.get(pk=amal.pk).is_csr


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ({"memberships": {}}, "agent"),
        ({"entry_fields": {}}, "label"),
        ({"opening_hours": {}}, "opens"),
        ({"holidays": {}}, "date"),
    ],
)
def test_a_row_that_is_not_complete_is_asked_about_and_not_dropped(administration, rows, field):
    page, fields = add_form(administration, "admin:webacd_queue_add")
    named = {"name": "Billing", "slug": "billing"}
    answer = administration.post(page.request["PATH_INFO"], fields | named | with_rows(page, **rows))
    (prefix,) = rows
    (formset,) = [each.formset for each in answer.context["inline_admin_formsets"] if each.formset.prefix == prefix]
    assert field in formset.errors[0]
    assert not Queue.objects.exists()


def test_no_inline_of_the_site_drops_an_added_row(rf, dana):
    """Also those that come later."""
    request = rf.get("/")
    request.user = dana
    ours = [each for model, each in admin.site._registry.items() if each.__module__.split(".")[0] != "django"]
    inlines = [inline for each in ours for inline in each.get_inline_instances(request)]
    dropped = [
        type(inline).__name__
        for inline in inlines
        if not inline.get_formset(request)(instance=inline.parent_model()).empty_form.has_changed()
    ]
    assert inlines
    assert dropped == []
