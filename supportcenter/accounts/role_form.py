"""The boxes of a person's roles, in the settings and in the administration (E68)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.accounts.more_roles import MORE_ROLES
from supportcenter.accounts.people import NOT_OWN, is_role, may_give, why_not
from supportcenter.accounts.person_values import LIMITS, ROLES, STAFF, WHO, values_of, values_of_new


def role_fields() -> dict[str, forms.Field]:
    """The fields of roles and limits, made for one form."""
    own: dict[str, forms.Field] = {
        "representative": forms.BooleanField(
            label=_("Support Representative"),
            required=False,
            help_text=_(
                "Starts sessions and helps customers. Without it, the limits set for this person alone are deleted."
            ),
        ),
        "manager": forms.BooleanField(
            label=_("Manager"),
            required=False,
            help_text=_(
                "Watches queues, agents and running sessions, and reads all reports. Is a representative, too."
            ),
        ),
        "administrator": forms.BooleanField(
            label=_("Administrator"), required=False, help_text=_("Changes all settings and all accounts.")
        ),
    }
    limits: dict[str, Any] = fields_for_model(CsrPrivileges, LIMITS)
    for roles in MORE_ROLES:
        own |= roles.fields()
    return own | limits


class WithRoles(forms.ModelForm):
    """`by` is who fills it in; what they may not change is shown, and not read."""

    by: User
    # Of somebody who is added.
    first_password: str | None = None
    mails_link = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in role_fields().items():
            self.fields.setdefault(name, field)
        person: User = self.instance
        self.before = values_of(person) if person.pk else values_of_new()
        self.initial.update({name: self.before[name] for name in self.fields if is_role(name)})
        for name, field in self.fields.items():
            own = name in NOT_OWN and person.pk is not None and person.pk == self.by.pk
            field.disabled = field.disabled or own or (is_role(name) and not may_give(self.by, name))

    @property
    def changes(self) -> dict[str, Any]:
        """What a valid form says otherwise than its page did, by the names of its fields."""
        names = {*WHO, STAFF, *role_fields()} & self.fields.keys()
        return {name: self.cleaned_data[name] for name in self.changed_data if name in names}

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        said = {name: given[name] for name in given if name in self.before}
        changes = {name: said[name] for name in self.changed_data if name in said}
        # As the page has it: what somebody else has changed meanwhile, the action sees.
        for name, reason in why_not(self.instance, changes, self.before | said, by=self.by):
            self.add_error(name if name in self.fields else None, str(reason.message))
        return given


def role_groups() -> list[tuple[Any, list[str]]]:
    """The names of the boxes as they stand together."""
    more: list[tuple[Any, list[str]]] = [(roles.title, [*roles.names]) for roles in MORE_ROLES]
    return [(_("Roles"), ROLES), *more, (_("Limits of a representative"), LIMITS)]
