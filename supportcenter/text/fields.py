"""Fields of forms for what people paste from elsewhere."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from supportcenter.text.addresses import LONGEST, LONGEST_TYPED, normalise
from supportcenter.text.invisible import is_seen, without_marks


def seen(name):
    """Others speak to a name and click on it: it must not be made of nothing."""
    if not is_seen(name):
        raise ValidationError(_("Type a name that can be read."), code="unseen")


class NameField(forms.CharField):
    """What somebody without an account calls themselves."""

    default_validators = [seen]

    def __init__(self, *, max_length=80, **more):
        super().__init__(max_length=max_length, **more)


class AddressInput(forms.TextInput):
    """The keyboard for addresses, without the browser's own opinion: it refuses what the field can read."""

    def __init__(self, attrs=None):
        given = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        super().__init__({**given, "maxlength": LONGEST_TYPED, **(attrs or {})})


class AddressField(forms.CharField):
    """An address that a message can be sent to, international domains included, however it is pasted (S27, E39)."""

    widget = AddressInput

    def __init__(self, *, max_length=LONGEST, **more):
        super().__init__(max_length=max_length, **more)

    def to_python(self, value):
        typed = without_marks(super().to_python(value)).strip()
        return normalise(typed) if typed else self.empty_value

    def widget_attrs(self, widget):
        """What is typed may be longer than the address in it."""
        return {}
