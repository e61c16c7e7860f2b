"""People in Django's admin: the boxes of their roles, and an account that is disabled where it has a past (E68).

What is saved goes through the actions, as in the settings. Groups and single permissions do nothing for this product,
and are not shown; those that an account of the staff has go on working.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.actions.faces import decide_face
from supportcenter.accounts.actions.people import add_person, change_person, delete_person, set_enabled
from supportcenter.accounts.actions.sign_ins import end_sign_ins_of
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.errors import HasPast
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.past import has_past
from supportcenter.accounts.people import holds_no_more
from supportcenter.accounts.person_forms import AdminAccountForm, NewAccountForm
from supportcenter.accounts.policy import (
    EffectiveMode,
    customer_maximum,
    in_words_of_others,
    session_mode,
    switched_off,
)
from supportcenter.accounts.receivers import changed_by
from supportcenter.accounts.role_form import role_fields, role_groups
from supportcenter.accounts.team_limits import limits_of_teams
from supportcenter.handling import takes_pictures
from supportcenter.refusals import Refused
from supportcenter.text.fields import AddressField, AddressInput
from supportcenter.text.folded import FoldedSearch

# Registered by Django, whose own administration of accounts this one replaces.
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(FoldedSearch, UserAdmin):
    help_topic = "people"
    form = AdminAccountForm
    add_form = NewAccountForm
    formfield_overrides = {
        models.EmailField: {"form_class": AddressField, "widget": AddressInput({"class": "vTextField"})}
    }
    list_display = ["username", "name", "email", "is_csr_now", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    list_select_related = ["csr_privileges"]
    readonly_fields = [
        *("effective_mode", "effective_maximum", "effective_limits", "in_teams"),
        *("last_login", "date_joined"),
    ]
    actions = ["disable_accounts", "enable_accounts", "end_sign_ins"]
    change_form_template = "admin/accounts/user/change_form.html"
    change_list_template = "admin/accounts/user/change_list.html"
    delete_confirmation_template = "admin/accounts/user/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/accounts/user/delete_selected_confirmation.html"

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        roles = [(title, {"fields": names}) for title, names in role_groups()]
        if obj is None:
            own = {"fields": ["username", "usable_password", "password1", "password2"]}
            who = {"fields": ["first_name", "last_name", "email", "language"]}
            return [(None, own), (_("Person"), who), *roles]
        names = ["first_name", "last_name", "email", "language", "picture_file", "is_active"]
        of_staff = [(_("Staff"), {"fields": ["is_staff"]})] if obj.is_staff and not obj.is_superuser else []
        applies = {
            "fields": ["effective_mode", "effective_maximum", "effective_limits", "in_teams"],
            "description": _("The combined effect of the site policy, the teams and the limits above."),
        }
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Person"), {"fields": names}),
            # Who may only look sees what applies; boxes are there to be changed.
            *([*roles, *of_staff] if self.has_change_permission(request, obj) else []),
            (_("Effective settings"), applies),
            (_("Dates"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
        ]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **more: Any) -> Any:
        base = self.form if obj else self.add_form
        more["form"] = type(base.__name__, (base,), {**role_fields(), "by": request.user, "__module__": __name__})
        return super().get_form(request, obj, change=change, **more)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        by = cast("User", request.user)
        return super().has_change_permission(request, obj) and (obj is None or holds_no_more(obj, by))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        is_own = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and not is_own and self.has_change_permission(request, obj)

    @takes_pictures
    def change_view(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().change_view(request, *args, **more)
        return response

    def user_change_password(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        with changed_by(cast("User", request.user)):
            response: HttpResponse = super().user_change_password(request, *args, **more)
            return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """The action writes the log, too; but not of a picture."""
        by = cast("User", request.user)
        if change:
            change_person(form, by=by)
        else:
            add_person(form, by=by)
        obj.is_logged = bool(form.changes)  # type: ignore[attr-defined]
        decide_face(form, of=obj, by=by)

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        return None if getattr(obj, "is_logged", False) else super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        return None if getattr(obj, "is_logged", False) else super().log_change(request, obj, message)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """An account with a past protects itself."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        with_past = [str(person) for person in objs if has_past(person)]
        return deleted, counts, lacking, with_past or protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        return super().delete_view(request, object_id, {**(extra_context or {}), "why": HasPast.message})

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        delete_person(User(pk=obj.pk), by=cast("User", request.user))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset.order_by("pk"):
            delete_person(person, by=cast("User", request.user))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[User]) -> Any:
        """The action writes the log."""

    @admin.action(description=_("Disable the selected accounts"), permissions=["change"])
    def disable_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._set_enabled(request, queryset, enabled=False)

    @admin.action(description=_("Enable the selected accounts"), permissions=["change"])
    def enable_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._set_enabled(request, queryset, enabled=True)

    def _set_enabled(self, request: HttpRequest, queryset: QuerySet[User], *, enabled: bool) -> None:
        done = len(self._each(request, queryset, partial(set_enabled, enabled=enabled)))
        if done:
            text = ngettext("%(count)s account is saved.", "%(count)s accounts are saved.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def end_sign_ins(self, request: HttpRequest, people: QuerySet[User]) -> None:
        ended = sum(self._each(request, people, end_sign_ins_of))
        words = ngettext("%(count)s sign-in was ended.", "%(count)s sign-ins were ended.", ended)
        self.message_user(request, words % {"count": ended})

    def _each(self, request: HttpRequest, people: QuerySet[User], action: Callable[..., Any]) -> list[Any]:
        """What the action returns for each of them, but for those of whom it is refused, which is said."""
        done = []
        for person in people.order_by("pk"):
            try:
                done.append(action(person, by=cast("User", request.user)))
            except Refused as refusal:
                self.message_user(request, f"{person.display_name}: {refusal.message}", messages.ERROR)
        return done

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


def _mode_label(mode: EffectiveMode) -> str:
    return gettext("multi-session mode") if mode.multi else gettext("single-session mode")


def _allows(switch: bool) -> str:
    return gettext("allows it") if switch else gettext("does not allow it")
