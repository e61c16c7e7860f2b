"""What a link from another system puts into a form. Shown, changeable, and trusted no more than typing."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict


def prefilled(form: forms.Form, given: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """Of these fields those that the link names, cleaned as if typed; what the field would refuse is left out."""
    values = {name: _cleaned(form.fields[name], given.get(name, "")) for name in names if name in form.fields}
    return {name: value for name, value in values.items() if value}


def _cleaned(field: forms.Field, value: str) -> str:
    try:
        return str(field.clean(value)) if value else ""
    except ValidationError:
        return ""
