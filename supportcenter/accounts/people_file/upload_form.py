"""The two forms of an import: which file, and that what is shown is to be done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.people_file.reading import MOST_BYTES, read_people


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (UTF-8) or a workbook (xlsx), up to 2 MB and 10,000 rows."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        """Read at once: what is kept are its cells."""
        file: UploadedFile = self.cleaned_data["file"]
        self.table = read_people(file.read(MOST_BYTES + 1))
        return file


class ConfirmForm(forms.Form):
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    leave_out = forms.BooleanField(label=_("Leave out the wrong rows"), required=False)
    links = forms.BooleanField(label=_("Send those who are added a link to choose a password"), required=False)

    def __init__(self, *args: Any, asks_about_wrong: bool, asks_about_links: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not asks_about_wrong:
            del self.fields["leave_out"]
        if not asks_about_links:
            del self.fields["links"]
