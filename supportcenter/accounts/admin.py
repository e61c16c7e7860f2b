"""People and policy in Django's admin; every change is in its log."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from allauth.mfa import admin as factor_admin
from allauth.socialaccount import admin as socialaccount
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.actions.pictures import decide_pictures
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.person_admin import PersonAdmin
from supportcenter.accounts.policy_form import SitePolicyForm
from supportcenter.accounts.team_admin import TeamAdmin
from supportcenter.handling import takes_pictures

__all__ = ["PersonAdmin", "SitePolicyAdmin", "TeamAdmin"]

# What an identity provider is, the settings say, and whom it lets in, its own administration.
for _rows in (socialaccount.SocialAccount, socialaccount.SocialApp, socialaccount.SocialToken):
    admin.site.unregister(_rows)
# One sign-in for the whole site, with its rate limits. Assigned, as the documentation of allauth does it.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Nothing in it is to be read or changed by hand; importing the module has registered it.
admin.site.unregister(factor_admin.Authenticator)
admin.site.site_header = admin.site.site_title = _("Support Center")
admin.site.site_url = reverse_lazy("home")  # type: ignore[assignment]
# Deleting a row there would only hide a sign-in; the person's page ends it.
admin.site.unregister(UserSession)


@admin.register(SitePolicy)
class SitePolicyAdmin(admin.ModelAdmin):
    """One row: the list leads straight to it, and nobody adds or deletes one."""

    help_topic = "site-and-policy#policy"
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
        (_("Sign-in"), {"fields": ["second_factor", "second_factor_days", "step_up_minutes"]}),
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
        (
            _("Signing in"),
            {
                "fields": ["sign_in_idle_minutes", "sign_in_hours"],
                "description": _("How long people with an account stay signed in."),
            },
        ),
        (_("After a session"), {"fields": ["closing", "transcripts"]}),
        (
            _("Retention"),
            {
                "fields": ["retention_days", "chat_days", "file_days", "recording_days", "audit_days"],
                "description": _(
                    "How long a session’s data is kept after the session ends, and how long the audit log is kept."
                ),
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
