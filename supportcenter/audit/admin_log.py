"""What is done in Django's admin is an entry, too, where nothing else says it (E73)."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import Model, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.template.response import TemplateResponse

from supportcenter import security_log
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.audit.watched import is_watched

VERBS = {ADDITION: "admin_added", CHANGE: "admin_changed", DELETION: "admin_deleted"}
# `rights_changed` tells of these.
ELSEWHERE = {User, CsrPrivileges}


@receiver(post_save, sender=LogEntry)
def note_admin_action(instance: LogEntry, created: bool, raw: bool = False, **_: Any) -> None:
    model, user = cast("Any", instance.content_type).model_class(), cast("User", instance.user)
    if created and not raw and model:
        _note(VERBS[instance.action_flag], model, str(instance.object_id), by=user)


@admin.action(permissions=["delete"], description=cast("Any", delete_selected).short_description)
def delete_and_note(
    of: "admin.ModelAdmin[Any]", request: HttpRequest, queryset: QuerySet[Any]
) -> TemplateResponse | None:
    """Django's own, whose entries send no signal where it deletes more than one row."""
    keys = [str(key) for key in queryset.values_list("pk", flat=True)]
    answer = delete_selected(of, request, queryset)
    if answer is None and len(keys) > 1:
        _note("admin_deleted", of.model, ", ".join(keys), by=cast("User", request.user))
    return answer


admin.site.disable_action("delete_selected")
admin.site.add_action(delete_and_note, "delete_selected")


def _note(what: str, model: type[Model], key: str, *, by: User) -> None:
    """By the key of the row: its name may be a customer's."""
    if model not in ELSEWHERE and not is_watched(model):
        security_log.note(what, by=by.username, model=model._meta.label_lower, key=key)
