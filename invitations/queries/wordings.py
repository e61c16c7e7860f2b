"""The wordings of invitations that a site can have, for the settings of mail."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info

from invitations.models import InvitationWording
from sessions_app.models import Participant
from supportcenter.accounts.models import User
from supportcenter.setup_items import way


class WordingRow(NamedTuple):
    """`wording` is None where the built-in text is sent; `url` leads to its form, and is empty for who may not edit."""

    recipient: str
    language: str
    wording: InvitationWording | None
    url: str


def wordings_for(user: User) -> list[WordingRow]:
    """One for each recipient and language, in one statement."""
    own = {(one.recipient, one.language): one for one in InvitationWording.objects.all()}
    return [
        WordingRow(
            str(recipient.label),
            get_language_info(language)["name_local"],
            own.get((recipient.value, language)),
            _way(user, own.get((recipient.value, language)), recipient=recipient.value, language=language),
        )
        for recipient in Participant.Kind
        for language, _name in settings.LANGUAGES
    ]


def _way(user: User, wording: InvitationWording | None, **new: str) -> str:
    if wording:
        page = "admin:invitations_invitationwording_change"
        return way(user, "invitations.change_invitationwording", page, wording.pk)
    if not user.has_perm("invitations.add_invitationwording"):
        return ""
    return f"{reverse('admin:invitations_invitationwording_add')}?{urlencode(new)}"
