"""What admins define for sessions in Django's admin, whose log has every change: survey, tracking, canned replies."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import ReplyRefused
from sessions_app.models import CannedReply, CannedText, ClosingReason, SurveyQuestion, Tag, TrackingField


@admin.register(SurveyQuestion)
class SurveyQuestionAdmin(admin.ModelAdmin):
    """An answered question keeps its words, since the answers are to them: it is switched off, not deleted."""

    help_topic = "texts#survey"
    list_display = ["__str__", "kind", "is_on", "order"]
    list_filter = ["is_on"]
    search_fields = ["text", "text_ar"]
    fieldsets = [
        (
            None,
            {
                "fields": ["kind", ("text", "text_ar"), ("choices", "choices_ar"), "is_on", "order"],
                "description": _(
                    "Asked after a session, once the customer has chosen a rating; five questions at most. "
                    "Once a question has been answered, its wording cannot be changed and it cannot be deleted: "
                    "switch it off and add another one."
                ),
            },
        )
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: SurveyQuestion | None = None) -> Any:
        return SurveyQuestion.WORDS if obj and obj.is_answered else ()

    def has_delete_permission(self, request: HttpRequest, obj: SurveyQuestion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_answered)


class CannedTextAdmin(admin.ModelAdmin):
    """What all canned replies that are nobody's own have in common."""

    list_display = ["shortcut", "title", "times_used", "last_used_at", "changed_at"]
    search_fields = ["shortcut", "folded_shortcut", "title", "text", "text_ar"]
    readonly_fields = ["times_used", "last_used_at"]
    fields = ["shortcut", "title", "text", "text_ar", "times_used", "last_used_at"]

    def save_model(self, request: HttpRequest, obj: CannedText, form: forms.ModelForm, change: bool) -> None:
        """The counts stay as they are by now. Raises ReplyRefused for what another person did meanwhile."""
        try:
            obj.write()
        except ValidationError as error:
            raise ReplyRefused(error.messages[0]) from error


@admin.register(CannedReply)
class CannedReplyAdmin(CannedTextAdmin):
    """Those of the site. What is a representative's own is theirs alone."""

    help_topic = "texts#canned-replies"

    def get_queryset(self, request: HttpRequest) -> QuerySet[CannedReply]:
        return super().get_queryset(request).filter(owner=None)


class CaseChoiceAdmin(admin.ModelAdmin):
    """What a session has is switched off and not deleted: its record would lose it."""

    list_display = ["name", "name_ar", "is_on", "order"]
    list_filter = ["is_on"]
    search_fields = ["name", "name_ar"]
    fieldsets = [(None, {"fields": [("name", "name_ar"), "is_on", "order"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_used)


@admin.register(Tag)
class TagAdmin(CaseChoiceAdmin):
    help_topic = "texts#reasons-and-tags"


@admin.register(ClosingReason)
class ClosingReasonAdmin(CaseChoiceAdmin):
    help_topic = "texts#reasons-and-tags"


@admin.register(TrackingField)
class TrackingFieldAdmin(CaseChoiceAdmin):
    help_topic = "texts#tracking-fields"
    list_display = ["name", "name_ar", "is_on", "asked_at_start", "is_required", "order"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "name_ar"),
                    "choices",
                    "address",
                    ("asked_at_start", "is_required"),
                    "is_on",
                    "order",
                ]
            },
        )
    ]
