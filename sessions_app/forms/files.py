"""Files as browsers describe them and send them."""

from django import forms

from sessions_app.models import FileTransfer
from sessions_app.storage.block_digests import MOST_AT_ONCE


class OfferedFileForm(forms.Form):
    """A file as the sender's browser describes it; what is wrong with it is the action's to say."""

    name = forms.CharField(required=False, strip=False)
    size = forms.IntegerField(min_value=0, max_value=2**53)
    content_type = forms.RegexField(r"^[\w.+-]+/[\w.+-]+$", max_length=100, required=False)


class DigestForm(forms.Form):
    digest = forms.RegexField(r"^[0-9a-f]{64}$")


class BlocksForm(forms.Form):
    """Where some blocks belong, and what each of them should be: no more than one request holds."""

    offset = forms.IntegerField(min_value=0)
    digests = forms.RegexField(rf"^[0-9a-f]{{64}}(,[0-9a-f]{{64}}){{0,{MOST_AT_ONCE - 1}}}$")

    def clean_digests(self) -> list[str]:
        return self.cleaned_data["digests"].split(",")


class WayForm(forms.Form):
    way = forms.ChoiceField(choices=FileTransfer.Way.choices)
