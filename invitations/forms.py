from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from invitations.models import InvitationWording
from invitations.models.wording import LONGEST_SUBJECT, LONGEST_TEXT
from sessions_app.models import Participant
from supportcenter.text.fields import AddressField


class InvitationForm(forms.Form):
    recipient = forms.ChoiceField(choices=Participant.Kind.choices)
    email = AddressField(label=_("Recipient's email address"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    own_program = forms.BooleanField(label=_("Send using my own email program"), required=False)
    # The draft whose link the page has already put into the CSR's own program.
    nonce = forms.RegexField(r"^[\w-]{22,23}$", required=False)


class AddressForm(forms.Form):
    email = AddressField(label=_("Recipient's email address"))


class WordingPreviewForm(forms.Form):
    """What is typed, checked as on saving; one for its recipient and language may exist already."""

    recipient = forms.ChoiceField(choices=Participant.Kind.choices)
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    subject = forms.CharField(required=False, max_length=LONGEST_SUBJECT)
    # Their length is the model's to check, which counts a line break once.
    opening = forms.CharField(required=False, max_length=2 * LONGEST_TEXT)
    closing = forms.CharField(required=False, max_length=2 * LONGEST_TEXT)

    def clean(self) -> dict[str, Any]:
        texts = {name: self.cleaned_data.get(name, "") for name in self.fields}
        self.wording = InvitationWording(**texts)
        self.wording.clean_fields(exclude=self.errors.keys())
        return texts
