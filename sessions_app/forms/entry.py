"""Forms by which sessions are started and joined."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from supportcenter.text.fields import AddressField, NameField
from supportcenter.text.signed_forms import SignedForm


class StartForm(forms.Form):
    email_box = forms.BooleanField(label=_("Email"), required=False)


class NumberForm(forms.Form):
    """Only asks for something typed: what is wrong with a number is told alike for all wrong ones (E37)."""

    number = forms.CharField(label=_("Session number"), max_length=40)


class PersonForm(forms.Form):
    """Who a customer says they are."""

    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Email address"), required=False)


class JoinForm(SignedForm, PersonForm, NumberForm):
    field_order = ["number", "name", "email"]
    path, signable = "join", re.compile(r"number|name|email")

    @property
    def confirms(self) -> list[str]:
        """Of who the customer says they are, what a signed link vouches for."""
        return [name for name in ("name", "email") if name in self.confirmed]
