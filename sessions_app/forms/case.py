"""Forms of what staff keep about a session: notes, tracking fields and tags, and the closing form.

Each remembers what its page showed, so that it says only what somebody has changed: a colleague may have changed the
rest in the meantime.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import DetailsRefused
from sessions_app.models import StaffNote, TrackingField
from sessions_app.models.case_choices import LONGEST_VALUE, as_line
from sessions_app.queries.case import Case, Choices
from supportcenter.text.fields import WordsField

PREFIX = "tracking-"


class NoteForm(forms.Form):
    text = WordsField(
        label=_("Note"),
        max_length=StaffNote.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Write a note first.")},
    )


class LineField(WordsField):
    """One line of text: what is pasted from elsewhere brings no line break along."""

    def to_python(self, value: Any) -> Any:
        return as_line(super().to_python(value) or "")


class TrackingForm(forms.Form):
    """A field for each tracking field that is in use; `values` are by the key of the field."""

    def __init__(
        self,
        *args: Any,
        fields: Iterable[TrackingField],
        kept: dict[int, str] | None = None,
        required: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._tracked = {field.form_name: field for field in fields}
        for name, field in self._tracked.items():
            value = (kept or {}).get(field.pk, "")
            self.initial[name] = value
            self.fields[name] = _field_for(field, value, required=required and field.is_required)

    @property
    def tracked(self) -> list[forms.BoundField]:
        return [self[name] for name in self._tracked]

    @property
    def values(self) -> dict[int, str]:
        """Of the fields that somebody has changed."""
        changed = set(self.changed_data)
        return {field.pk: self.cleaned_data[name] for name, field in self._tracked.items() if name in changed}

    def clean(self) -> dict[str, Any]:
        """A field that was switched off while the page was open takes nothing, and says so."""
        if any(name.startswith(PREFIX) and name not in self._tracked and self.data[name] for name in self.data):
            raise forms.ValidationError(DetailsRefused.message)
        return self.cleaned_data


class CaseDetailsForm(TrackingForm):
    """The tracking fields and the tags of a session."""

    def __init__(self, *args: Any, choices: Choices, case: Case, **more: Any) -> None:
        kept = {each.field_id: each.value for each in case.tracking}
        super().__init__(*args, fields=choices.fields, kept=kept, **more)
        tags = {tag.pk: tag for tag in [*choices.tags, *case.tags]}
        self.initial["tags"] = [tag.pk for tag in case.tags]
        self.fields["tags"] = forms.TypedMultipleChoiceField(
            label=_("Tags"),
            coerce=int,
            choices=[(tag.pk, tag.label) for tag in tags.values()],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": DetailsRefused.message},
            show_hidden_initial=True,
        )

    @property
    def has_tags(self) -> bool:
        field = self.fields["tags"]
        return isinstance(field, forms.ChoiceField) and bool(field.choices)

    @property
    def tags_shown(self) -> SafeString:
        """What the page showed, to be sent along."""
        return self["tags"].as_hidden(only_initial=True)

    @property
    def given(self) -> set[int]:
        return set(self.cleaned_data["tags"]) - self._shown

    @property
    def taken(self) -> set[int]:
        return self._shown - set(self.cleaned_data["tags"])

    @property
    def _shown(self) -> set[int]:
        values = self.data.getlist(self["tags"].html_initial_name) if hasattr(self.data, "getlist") else []
        return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19}


class ClosingForm(CaseDetailsForm):
    """What became of an ended session; what is required of it is required here, too."""

    def __init__(self, *args: Any, choices: Choices, case: Case, draft: str, **more: Any) -> None:
        """`draft` is the name of the note that may be half written in this tab (ui/drafts.js)."""
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
                error_messages={"invalid_choice": DetailsRefused.message},
                show_hidden_initial=True,
            )
        self.fields["note"] = WordsField(
            label=_("Note"),
            max_length=StaffNote.LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-draft": draft}),
        )

    @property
    def has_reasons(self) -> bool:
        return "reason" in self.fields

    @property
    def reason_chosen(self) -> int | None:
        """None if it was left as it is, 0 if it was taken away."""
        return (self.cleaned_data["reason"] or 0) if "reason" in self.changed_data else None


def _field_for(field: TrackingField, kept: str, *, required: bool) -> forms.Field:
    """What the session has may be a choice no more, and stays one for it."""
    if options := field.options:
        choices = [("", "—"), *((option, option) for option in dict.fromkeys([*options, *filter(None, [kept])]))]
        return forms.ChoiceField(
            label=field.label,
            choices=choices,
            required=required,
            error_messages={"invalid_choice": DetailsRefused.message},
            show_hidden_initial=True,
        )
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(
        label=field.label, max_length=LONGEST_VALUE, required=required, widget=widget, show_hidden_initial=True
    )
