"""Forms of what staff keep about a session: notes, tracking fields and tags, and the closing form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions_app.models import StaffNote, TrackingField
from sessions_app.models.case_choices import LONGEST_VALUE
from sessions_app.queries.case import Case, Choices
from supportcenter.text.fields import WordsField


class NoteForm(forms.Form):
    text = WordsField(
        label=_("Note"),
        max_length=StaffNote.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Write a note first.")},
    )


class TrackingForm(forms.Form):
    """A field for each tracking field that is in use; `values` are by the key of the field."""

    def __init__(self, *args: Any, fields: Iterable[TrackingField], required: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self._tracked = {field.form_name: field for field in fields}
        for name, field in self._tracked.items():
            self.fields[name] = _field_for(field, required=required and field.is_required)

    @property
    def tracked(self) -> list[forms.BoundField]:
        return [self[name] for name in self._tracked]

    @property
    def values(self) -> dict[int, str]:
        """Of the fields that came along; a page that is older than a field says nothing about it."""
        return {
            field.pk: self.cleaned_data[name]
            for name, field in self._tracked.items()
            if self.add_prefix(name) in self.data
        }


class DetailsForm(TrackingForm):
    """The tracking fields and the tags of a session."""

    def __init__(self, *args: Any, choices: Choices, case: Case, **more: Any) -> None:
        super().__init__(*args, fields=choices.fields, initial=_initial(case), **more)
        tags = {tag.pk: tag for tag in [*choices.tags, *case.tags]}
        self.fields["tags"] = forms.TypedMultipleChoiceField(
            label=_("Tags"),
            coerce=int,
            choices=[(tag.pk, tag.label) for tag in tags.values()],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def has_tags(self) -> bool:
        field = self.fields["tags"]
        return isinstance(field, forms.ChoiceField) and bool(field.choices)


class ClosingForm(DetailsForm):
    """What became of an ended session; what is required of it is required here, too."""

    def __init__(self, *args: Any, choices: Choices, case: Case, **more: Any) -> None:
        closing = case.closing
        is_required = closing is not None and closing.is_required
        super().__init__(*args, choices=choices, case=case, required=is_required, **more)
        offered = {each.pk: each for each in choices.reasons}
        if closing and closing.reason:
            offered[closing.reason.pk] = closing.reason
            self.initial["reason"] = closing.reason.pk
        if offered:
            self.fields["reason"] = forms.TypedChoiceField(
                label=_("Reason"),
                coerce=int,
                empty_value=None,
                choices=[("", "—"), *((each.pk, each.label) for each in offered.values())],
                required=is_required,
            )
        self.fields["note"] = WordsField(
            label=_("Note"),
            max_length=StaffNote.LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )

    @property
    def has_reasons(self) -> bool:
        return "reason" in self.fields


def _initial(case: Case) -> dict[str, Any]:
    values = {each.field.form_name: each.value for each in case.tracking}
    return values | {"tags": [tag.pk for tag in case.tags]}


def _field_for(field: TrackingField, *, required: bool) -> forms.Field:
    if options := field.options:
        choices = [("", "—"), *((option, option) for option in options)]
        return forms.ChoiceField(label=field.label, choices=choices, required=required)
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(label=field.label, max_length=LONGEST_VALUE, required=required, widget=widget)


class LineField(WordsField):
    """One line of text: what is pasted from elsewhere brings no line break along."""

    def to_python(self, value: Any) -> Any:
        return " ".join((super().to_python(value) or "").split())
