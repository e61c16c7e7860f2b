"""The columns of a file of people: how each is called, in every language of the site, and how its cells are read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from supportcenter.accounts.account_form import AccountForm
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.accounts.person_values import LIMITS, ROLES, WHO, names_of_more_roles
from supportcenter.accounts.role_form import role_fields
from supportcenter.reporting.csv_file import FORMULAS
from supportcenter.text.invisible import without_marks
from supportcenter.text.whole_numbers import whole_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YES, NO = gettext_noop("yes"), gettext_noop("no")
MORE_WORDS = {"y": True, "true": True, "1": True, "x": True, "n": False, "false": False, "0": False}
# Between several values in one cell, in both scripts.
BETWEEN = ",;،؛\n"
# Where the label of the form's field would not do as a heading.
TITLES: dict[str, StrOrPromise] = {
    "username": _("Username"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("Email address"),
    "multi_session": _("Several sessions"),
    "max_customers": _("Maximum customers"),
}
# Of the limits, `switched_off` would be a cell of many words: it is on the page of the person.
COLUMNS_OF_LIMITS = ["multi_session", "max_customers"]


def names() -> list[str]:
    """In the order of the file."""
    who = [name for name in WHO if name != "is_active"]
    return [*who, *ROLES, *names_of_more_roles(), *COLUMNS_OF_LIMITS, "is_active"]


def fields_of_people() -> dict[str, forms.Field]:
    """The form fields of a person, by which a cell is read as what is typed would be."""
    fields = {**AccountForm.base_fields, **role_fields()}
    return {name: fields[name] for name in names()}


def title_of(name: str, field: forms.Field) -> str:
    return str(TITLES.get(name) or field.label or name)


def names_by_title() -> dict[str, str]:
    """Every heading that is understood, folded, with the name of its column."""
    found = {folded(name.replace("_", " ")): name for name in names()}
    fields = fields_of_people()
    for language, _label in settings.LANGUAGES:
        with override(language):
            found |= {folded(title_of(name, field)): name for name, field in fields.items()}
    return found


def folded(text: str) -> str:
    return " ".join(without_marks(text).split()).casefold()


class Cell(Widget):
    """One column's way to read text and to write it. What is wrong is a ValueError with a sentence."""

    def __init__(self, name: str, field: forms.Field) -> None:
        super().__init__()
        self.field = field
        self._column = _column(name)

    @property
    def keeps(self) -> bool:
        """An empty cell leaves what is there; elsewhere it empties it."""
        return isinstance(self.field, forms.BooleanField) or self._has_choices and not self._takes_several

    def clean(self, value: str, row: Any = None, **_more: Any) -> Any:
        text = unescaped(value).strip()
        try:
            read = self._read(text)
            if self._column is not None:
                self._column.run_validators(read)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return read

    def render(self, value: Any, obj: Any = None, **_more: Any) -> Any:
        if isinstance(self.field, forms.BooleanField):
            return gettext(YES) if value else gettext(NO)
        return ", ".join(value) if self._takes_several else value

    def _read(self, text: str) -> Any:
        if isinstance(self.field, forms.BooleanField):
            return self._yes_or_no(text)
        if self._takes_several:
            for mark in BETWEEN:
                text = text.replace(mark, ",")
            return sorted({self._choice(word) for word in map(str.strip, text.split(",")) if word})
        if self._has_choices:
            return self._choice(text)
        if isinstance(self.field, forms.IntegerField) and text and not whole_number(text):
            raise ValidationError(gettext("Enter a whole number."))
        return self.field.clean(text)

    @property
    def _takes_several(self) -> bool:
        return isinstance(self.field, forms.MultipleChoiceField)

    @property
    def _has_choices(self) -> bool:
        return isinstance(self.field, forms.ChoiceField)

    def _yes_or_no(self, text: str) -> bool:
        found = self._answers.get(folded(text))
        if found is None:
            raise ValidationError(gettext("“%(text)s” is neither yes nor no.") % {"text": text})
        return found

    def _choice(self, text: str) -> str:
        found = self._choices.get(folded(text))
        if found is None:
            raise ValidationError(gettext("“%(text)s” is not known here.") % {"text": text})
        return found

    @cached_property
    def _answers(self) -> dict[str, bool]:
        words = dict(MORE_WORDS)
        for language, _label in settings.LANGUAGES:
            with override(language):
                words |= {folded(gettext(YES)): True, folded(gettext(NO)): False}
        return words

    @cached_property
    def _choices(self) -> dict[str, str]:
        """By what stands in an export, and by what people read. A word that could be two is none."""
        found: dict[str, str] = {}
        twice: set[str] = set()
        keys: set[str] = set()
        for language, _label in settings.LANGUAGES:
            with override(language):
                for key, label in list(getattr(self.field, "choices", [])):
                    word = folded(str(label))
                    twice |= {word} if found.get(word, key) != key else set()
                    found[word] = key
                    keys.add(str(key))
        return {word: key for word, key in found.items() if word not in twice} | {folded(key): key for key in keys}


def _column(name: str) -> Any:
    """Of the database, whose validators a cell has to pass, too."""
    for model, own in ((User, WHO), (CsrPrivileges, LIMITS)):
        if name in own:
            return model._meta.get_field(name)
    return None


def unescaped(text: str) -> str:
    """Without the mark that an export puts before what begins like a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULAS and text[1:] else text
