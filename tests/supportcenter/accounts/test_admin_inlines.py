"""A row that somebody adds under a queue is there after Save, whatever of it was left as offered."""

import pytest
from django.contrib import admin
from django.urls import reverse

from webacd.models import Queue

pytestmark = pytest.mark.django_db


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
