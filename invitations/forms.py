from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

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
