from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from invitations.addresses import normalise
from sessions_app.models import Participant


class AddressField(forms.EmailField):
    """An address that a message can be sent to, international domains included (S27, E39)."""

    def clean(self, value):
        return normalise(super().clean(value))


class InvitationForm(forms.Form):
    recipient = forms.ChoiceField(choices=Participant.Kind.choices)
    email = AddressField(label=_("Recipient's email address"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    own_program = forms.BooleanField(label=_("Send using my own email program"), required=False)
    # The draft whose link the page has already put into the CSR's own program.
    nonce = forms.RegexField(r"^[\w-]{22}$", required=False)
