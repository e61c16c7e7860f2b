"""Teams in Django's admin; every change is in its log."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.admin_rows import AddedRow
from supportcenter.accounts.errors import OnlyRepresentatives
from supportcenter.accounts.models import Team, TeamMembership, User
from supportcenter.accounts.models.team import MOST_MEMBERS
from supportcenter.accounts.receivers import changed_by
from supportcenter.accounts.teams import may_change_teams
from supportcenter.text.folded import FoldedSearch


class MembershipForm(AddedRow):
    def clean(self) -> dict[str, Any] | None:
        """A lead is a representative, and so is who joins."""
        given = super().clean() or self.cleaned_data
        person = given.get("user")
        is_news = given.get("leads") or "user" in self.changed_data
        if person and is_news and not given.get("DELETE") and not person.is_csr:
            raise ValidationError(OnlyRepresentatives.message, code=OnlyRepresentatives.code)
        return given


class TeamMembershipInline(admin.TabularInline):
    """For superusers: others may not decide on their own place, and the settings ask that of each (`may_decide_on`)."""

    model = TeamMembership
    form = MembershipForm
    extra = 0
    max_num = MOST_MEMBERS
    autocomplete_fields = ["user"]
    verbose_name_plural = _("members")

    def has_add_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        return cast("User", request.user).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: TeamMembership | None = None) -> bool:
        return cast("User", request.user).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: TeamMembership | None = None) -> bool:
        return cast("User", request.user).is_superuser


@admin.register(Team)
class TeamAdmin(FoldedSearch, admin.ModelAdmin):
    help_topic = "teams"
    inlines = [TeamMembershipInline]
    list_display = ["name", "name_ar"]
    search_fields = ["name", "name_ar"]
    fieldsets = [
        (None, {"fields": [("name", "name_ar")]}),
        (_("What applies to it"), {"fields": ["switched_off"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_change_teams(cast("User", request.user), "add")

    def has_change_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        return may_change_teams(cast("User", request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        return may_change_teams(cast("User", request.user), "delete")

    def changeform_view(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        with changed_by(cast("User", request.user)):
            response: HttpResponse = super().changeform_view(request, *args, **more)
            return response

    def delete_model(self, request: HttpRequest, obj: Team) -> None:
        with changed_by(cast("User", request.user)):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with changed_by(cast("User", request.user)):
            super().delete_queryset(request, queryset)
