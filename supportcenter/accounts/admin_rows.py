"""Rows that an admin adds to a page of Django's admin."""

from django import forms


class AddedRow(forms.ModelForm):
    """The form of an inline: a row that was added is kept, also if every value in it is the one that was offered.

    Django takes such a row for one that was never touched, and drops it without a word.
    """

    def has_changed(self) -> bool:
        return self.instance._state.adding or super().has_changed()
