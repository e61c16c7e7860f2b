"""Form fields for text that people paste from elsewhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from supportcenter.text.addresses import LONGEST, LONGEST_TYPED, normalise
from supportcenter.text.invisible import OVERRIDES, is_seen, without_controls, without_marks


def seen(name: str) -> None:
    """Others have to read a name and click on it. Raises ValidationError for one that cannot be seen."""
    if not is_seen(name):
        raise ValidationError(_("Enter a name that can be read."), code="unseen")


class NameField(forms.CharField):
    """The name of a person without an account."""

    default_validators = [seen]

    def __init__(self, *, max_length: int = 80, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def to_python(self, value: Any) -> Any:
        """Without what nothing is seen of: marks that came along with a copy, control characters, further spaces."""
        typed = super().to_python(value) or ""
        if any(one in OVERRIDES for one in typed):
            raise ValidationError(_("Enter a name that can be read."), code="unseen")
        return without_controls(without_marks(" ".join(typed.split()))).strip()


class WordsField(forms.CharField):
    """What somebody says in their own words, as long as their browser counts it: a line break is one character.

    Without invisible marks: overrides among them would turn around what stands beside it.
    """

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        return without_marks(typed.replace("\r\n", "\n")).strip()


class AddressInput(forms.TextInput):
    """A text input with the keyboard for addresses. Browsers' own check is left out: it refuses what we can read."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        given: dict[str, Any] = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        super().__init__({**given, "maxlength": LONGEST_TYPED, **(attrs or {})})


class AddressField(forms.CharField):
    """An email address, international domains included, in whatever form it is pasted (S27, E39)."""

    widget = AddressInput

    def __init__(self, *, max_length: int = LONGEST, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def to_python(self, value: Any) -> Any:
        typed = without_marks(super().to_python(value) or "").strip()
        return normalise(typed) if typed else self.empty_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength` of the address: what is pasted may be longer than the address in it."""
        return {}
