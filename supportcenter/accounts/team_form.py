"""The form of a team in the settings: what it is called, and what is switched off for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models import Team
from supportcenter.accounts.policy_form import Remembering
from supportcenter.text.fields import NameField


class TeamForm(Remembering):
    class Meta:
        model = Team
        fields: ClassVar = ["name", "name_ar", "switched_off"]
        field_classes: ClassVar = {"name": NameField, "name_ar": NameField}
        widgets: ClassVar = {
            "name": forms.TextInput({"dir": "auto", "autocomplete": "off"}),
            "name_ar": forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        }

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(_("Team"), [self["name"], self["name_ar"]]), (_("What applies to it"), [self["switched_off"]])]
