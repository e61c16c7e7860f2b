"""Queues and agents in Django's admin; every change is in its log."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app.admin import CannedTextAdmin
from supportcenter.accounts.admin_rows import AddedRow
from supportcenter.text.folded import FoldedSearch
from supportcenter.text.time_zones import time_zones
from supportcenter.whole_addresses import whole_address
from webacd.models import (
    AcdPolicy,
    Agent,
    AwayReason,
    EntryField,
    Holiday,
    LeftMessage,
    OpeningHours,
    Queue,
    QueueMembership,
    QueueReply,
)


class MembershipInline(admin.TabularInline):
    model = QueueMembership
    form = AddedRow
    extra = 0
    autocomplete_fields = ["agent"]


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    form = AddedRow
    extra = 0
    verbose_name_plural = _("opening hours (none: always open)")


class HolidayInline(admin.TabularInline):
    model = Holiday
    form = AddedRow
    extra = 0


class EntryFieldInline(admin.StackedInline):
    model = EntryField
    form = AddedRow
    extra = 0
    verbose_name_plural = _("entry form (the name is always asked for)")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "kind", "required", "longest"),
                    ("label", "label_ar"),
                    ("help", "help_ar"),
                    "choices",
                ]
            },
        )
    ]


@admin.register(Queue)
class QueueAdmin(FoldedSearch, admin.ModelAdmin):
    help_topic = "queues-and-agents"
    inlines = [MembershipInline, EntryFieldInline, OpeningHoursInline, HolidayInline]
    list_display = ["name", "name_ar", "strategy", "weight", "is_open_now", "is_default", "is_active"]
    list_filter = ["is_active", "strategy"]
    search_fields = ["name", "name_ar", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["managers"]
    readonly_fields = ["entry_link"]
    fieldsets = [
        (None, {"fields": [("name", "name_ar"), "slug", "entry_link", ("description", "description_ar"), "is_active"]}),
        (
            _("Distribution"),
            {"fields": ["strategy", "weight", "level_seconds", "offer_seconds", "cherry_picking"]},
        ),
        (
            _("After a session"),
            {"fields": ["wrap_up_seconds", "closing"]},
        ),
        (_("In a session"), {"fields": ["switched_off"]}),
        (
            _("While customers wait"),
            {
                "fields": [("told", "told_ar"), "maximum_wait", "maximum_length", "overflow_queue", "is_default"],
                "description": _(
                    "When this queue is full or customers have waited too long, they move to the overflow queue, once."
                ),
            },
        ),
        (_("Entry form"), {"fields": ["email_question"]}),
        (_("Opening hours"), {"fields": ["time_zone"]}),
        (_("Monitoring"), {"fields": ["service_seconds", "managers"]}),
    ]

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Queue]) -> None:
        # Each by its own `delete`, which locks it first; all or none.
        for queue in queryset.order_by("pk"):
            queue.delete()

    @admin.display(description=_("open now"), boolean=True)
    def is_open_now(self, queue: Queue) -> bool:
        return queue.is_open()

    @admin.display(description=_("entry link and button"))
    def entry_link(self, queue: Queue) -> str:
        """HTML for other web sites: a link around an image that says whether the queue is open."""
        if not queue.pk:
            return gettext("Save first.")
        link = whole_address("queue_entry", queue.slug)
        image = whole_address("queue_button", queue.slug)
        return format_html(
            '<a href="{}">{}</a> <code>&lt;a href="{}"&gt;&lt;img src="{}" alt=""&gt;&lt;/a&gt;</code>',
            link,
            link,
            link,
            image,
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Queue]:
        return Queue.objects.with_timetable()

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **more: Any
    ) -> forms.Field | None:
        if db_field.name == "time_zone":
            more["widget"] = forms.Select(choices=[(name, name) for name in sorted(time_zones())])
        return super().formfield_for_dbfield(db_field, request, **more)


@admin.register(Agent)
class AgentAdmin(FoldedSearch, admin.ModelAdmin):
    help_topic = "queues-and-agents#agents"
    list_display = ["display_name", "is_active", "status", "status_since", "most_sessions"]
    list_filter = ["is_active", "status", "queues"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    autocomplete_fields = ["user"]
    fields = ["user", "is_active", "most_sessions"]
    # It is decided on the page of the person, with their roles.
    readonly_fields = ["is_active"]


@admin.register(AwayReason)
class AwayReasonAdmin(admin.ModelAdmin):
    help_topic = "queues-and-agents#for-all"
    list_display = ["name", "name_ar", "order"]
    list_editable = ["order"]


@admin.register(AcdPolicy)
class AcdPolicyAdmin(admin.ModelAdmin):
    """A single row: the list leads straight to it, and it cannot be deleted."""

    help_topic = "queues-and-agents#for-all"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        there = AcdPolicy.objects.filter(pk=1).exists()
        name = "admin:webacd_acdpolicy_change" if there else "admin:webacd_acdpolicy_add"
        return redirect(reverse(name, args=[1] if there else []))

    def save_model(self, request: HttpRequest, obj: AcdPolicy, form: forms.ModelForm, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not AcdPolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: AcdPolicy | None = None) -> bool:
        return False


@admin.register(QueueReply)
class QueueReplyAdmin(CannedTextAdmin):
    help_topic = "queues-and-agents#waiting"
    list_display = ["shortcut", "queue", "title", "times_used", "last_used_at", "changed_at"]
    list_filter = ["queue"]
    list_select_related = ["queue"]
    # The queue is a plain list: Django's search box asks the database for whatever was sent, words for a key too.
    fields = ["queue", "shortcut", "title", "text", "text_ar", "times_used", "last_used_at"]


@admin.register(LeftMessage)
class LeftMessageAdmin(admin.ModelAdmin):
    help_topic = "inbox#messages"
    list_display = ["name", "queue", "at", "answered_by"]
    list_filter = ["queue"]
    list_select_related = ["queue", "answered_by"]
    readonly_fields = ["queue", "name", "email", "language", "text", "at", "mailed_at", "answered_by", "answered_at"]
    fields = tuple(readonly_fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
