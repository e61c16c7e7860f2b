from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from supportcenter.accounts.capabilities import Capability


class CapabilitiesField(models.JSONField):
    """A list of capabilities; in a form, one check box for each."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **options})

    def formfield(
        self,
        form_class: type[forms.Field] | None = None,
        choices_form_class: type[forms.ChoiceField] | None = None,
        **options: Any,
    ) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            choices=Capability.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=options.get("initial", list),
        )
