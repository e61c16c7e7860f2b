from django import forms
from django.db import models
from django.utils.text import capfirst

from supportcenter.accounts.capabilities import Capability


class CapabilitiesField(models.JSONField):
    """A list of capabilities; in a form, one check box for each."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": list, "blank": True, **options})

    def formfield(self, **options):
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            choices=Capability.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=options.get("initial", list),
        )
