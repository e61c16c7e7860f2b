"""People and policy in Django's admin; every change is in its log."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.actions.faces import decide_face
from supportcenter.accounts.actions.pictures import decide_pictures
from supportcenter.accounts.admin_rows import AddedRow
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import CsrPrivileges, SitePolicy, User
from supportcenter.accounts.picture_forms import AdminAccountForm
from supportcenter.accounts.policy import (
    EffectiveMode,
    customer_maximum,
    in_words_of_others,
    session_mode,
    switched_off,
)
from supportcenter.accounts.policy_form import SitePolicyForm
from supportcenter.accounts.receivers import changed_by
from supportcenter.accounts.team_admin import TeamAdmin as TeamAdmin
from supportcenter.accounts.team_limits import limits_of_teams
from supportcenter.handling import takes_pictures
from supportcenter.text.fields import AddressField, AddressInput
from supportcenter.text.folded import FoldedSearch

# One sign-in for the whole site, with its rate limits. Assigned, as the documentation of allauth does it.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("Support Center")
admin.site.site_url = reverse_lazy("home")  # type: ignore[assignment]


class CsrPrivilegesInline(admin.StackedInline):
    """A person with this row is a CSR; deleting it takes the role away."""

    model = CsrPrivileges
    form = AddedRow
    extra = 0
    max_num = 1


@admin.register(User)
class PersonAdmin(FoldedSearch, UserAdmin):
    inlines = [CsrPrivilegesInline]
    form = AdminAccountForm
    formfield_overrides = {
        models.EmailField: {"form_class": AddressField, "widget": AddressInput({"class": "vTextField"})}
    }
    list_display = ["username", "name", "email", "is_csr_now", "is_active", "is_staff"]
    list_select_related = ["csr_privileges"]
    readonly_fields = [
        "effective_mode",
        "effective_maximum",
        "effective_limits",
        "in_teams",
        "last_login",
        "date_joined",
    ]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language", "picture_file"]}),
        (
            _("Effective settings"),
            {
                "fields": ["effective_mode", "effective_maximum", "effective_limits", "in_teams"],
                "description": _("The combined effect of the site policy, the teams and the privileges below."),
            },
        ),
        (_("Roles"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]}),
    ]

    @takes_pictures
    def change_view(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().change_view(request, *args, **more)
        return response

    def changeform_view(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        with changed_by(cast("User", request.user)):
            response: HttpResponse = super().changeform_view(request, *args, **more)
            return response

    def user_change_password(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        with changed_by(cast("User", request.user)):
            response: HttpResponse = super().user_change_password(request, *args, **more)
            return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        decide_face(form, of=obj, by=cast("User", request.user))

    @admin.display(description=_("name"), ordering="first_name")
    def name(self, user: User) -> str:
        return user.display_name

    @admin.display(description=_("mode of new sessions"))
    def effective_mode(self, user: User) -> str:
        """S8: multi-session takes both switches; say which of them decided."""
        privileges = user.privileges
        if privileges is None or not user.is_csr:
            return gettext("Not a support representative.")
        return gettext("%(mode)s (site: %(site)s; privileges: %(privileges)s)") % {
            "mode": _mode_label(session_mode(SitePolicy.current(), privileges)),
            "site": _allows(SitePolicy.current().multi_session),
            "privileges": _allows(privileges.multi_session),
        }

    @admin.display(description=_("maximum number of customers"))
    def effective_maximum(self, user: User) -> str:
        """S38."""
        if not user.is_csr:
            return gettext("Not a support representative.")
        maximum = customer_maximum(SitePolicy.current(), user.privileges)
        return f"{maximum.number} ({maximum.reason})"

    @admin.display(description=pgettext_lazy("capabilities", "switched off"))
    def effective_limits(self, user: User) -> str:
        """E69: of a session's queue nothing can be said here."""
        if not user.is_csr:
            return gettext("Not a support representative.")
        off = switched_off(SitePolicy.current(), user.privileges, limits_of_teams(user.teams.all()))
        said = [f"{one.label} ({in_words_of_others(off[one])})" for one in Capability if one in off]
        return ", ".join(said) or gettext("nothing is switched off")

    @admin.display(description=_("teams"))
    def in_teams(self, user: User) -> str:
        links = ((reverse("admin:accounts_team_change", args=[team.pk]), team.label) for team in user.teams.all())
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "–"

    @admin.display(description=_("CSR"), boolean=True)
    def is_csr_now(self, user: User) -> bool:
        return user.is_active and hasattr(user, "csr_privileges")


@admin.register(SitePolicy)
class SitePolicyAdmin(admin.ModelAdmin):
    """One row: the list leads straight to it, and nobody adds or deletes one."""

    form = SitePolicyForm
    fieldsets = [
        (
            _("The site"),
            {
                "fields": [
                    "site_name",
                    "site_name_ar",
                    "organisation",
                    "accent_colour",
                    "background_colour",
                    "logo_file",
                    "icon_file",
                ]
            },
        ),
        (
            _("Customers and modes"),
            {"fields": ["multi_session", "max_customers", "media_people", "earlier_sessions", "switched_off"]},
        ),
        (
            _("Grace periods"),
            {
                "fields": ["reload_grace", "connection_grace", "customer_grace"],
                "description": _(
                    "How long a session waits for someone whose page has closed or lost its connection, in seconds."
                ),
            },
        ),
        (
            _("Numbers, links, invitations"),
            {
                "fields": [
                    "number_reuse_days",
                    "joins_per_address",
                    "joins_site_wide",
                    "joins_per_session",
                    "admit_by_hand",
                    "link_hours",
                    "invitations_per_session",
                ]
            },
        ),
        (_("Consent"), {"fields": ["answer_seconds", "requests_per_minute"]}),
        (_("Chat"), {"fields": ["shows_earlier_chat", "edit_minutes", "lines_per_minute"]}),
        (
            _("Files and recording"),
            {"fields": ["file_mebibytes", "files_at_once", "files_per_session", "refused_file_endings", "recording"]},
        ),
        (
            _("Storage"),
            {
                "fields": ["disk_floor_percent", "disk_floor_mebibytes", "session_mebibytes", "site_mebibytes"],
                "description": _("How much files and recordings may take up, and how much stays free."),
            },
        ),
        (
            _("Time"),
            {
                "fields": ["nobody_joined_minutes", "quiet_minutes", "warning_minutes"],
                "description": _("When idle sessions end automatically."),
            },
        ),
        (_("After a session"), {"fields": ["closing", "transcripts"]}),
        (
            _("Retention"),
            {
                "fields": ["retention_days", "chat_days", "file_days", "recording_days"],
                "description": _("How long a session’s data is kept after the session ends."),
            },
        ),
    ]

    @takes_pictures
    def change_view(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().change_view(request, *args, **more)
        return response

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect(reverse("admin:accounts_sitepolicy_change", args=[SitePolicy.current().pk]))

    def save_model(self, request: HttpRequest, obj: SitePolicy, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        decide_pictures(form, by=cast("User", request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SitePolicy | None = None) -> bool:
        return False


def _mode_label(mode: EffectiveMode) -> str:
    return gettext("multi-session mode") if mode.multi else gettext("single-session mode")


def _allows(switch: bool) -> str:
    return gettext("allows it") if switch else gettext("does not allow it")
