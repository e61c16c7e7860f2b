from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext

from supportcenter.accounts.models import User

# allauth's names of them.
PASSWORD, CODE, KEY = "reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate:webauthn"


def ways_to_confirm(found: list[dict[str, Any]], user: User) -> list[dict[str, Any]]:
    """Of those that allauth has found: a second factor and no password, if there is one. The first is what is asked."""
    words = {
        PASSWORD: gettext("Use your password"),
        CODE: gettext("Use a code"),
        KEY: gettext("Use a passkey or security key"),
    }
    named = {way["id"]: {**way, "description": words[way["id"]]} for way in found}
    if not user.factor.is_held:
        return [named[PASSWORD]] if PASSWORD in named and settings.PASSWORD_SIGN_IN else []
    has_app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return [named[way] for way in ((CODE, KEY) if has_app else (KEY, CODE)) if way in named]
