from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.errors import FactorUnreadable
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.accounts.passkey_places import host_name
from supportcenter.accounts.qr_picture import qr_picture
from supportcenter.accounts.sealing import seal, unseal

PURPOSE = "second factor"


class FactorAdapter(DefaultMFAAdapter):
    """Second factors (E70) as this site keeps and names them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That was not right. Try again."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def encrypt(self, text: str) -> str:
        return seal(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises FactorUnreadable: no secret at all would have codes that anybody can tell."""
        try:
            return unseal(PURPOSE, encrypted_text)
        except InvalidToken as error:
            raise FactorUnreadable from error

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return SitePolicy.current().name

    def build_totp_svg(self, url: str) -> str:
        return qr_picture(url)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new key is called if its person gives it no name."""
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": there + 1} if there else gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": host_name(context.request), "name": SitePolicy.current().name}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        shown = user.display_name if isinstance(user, User) else user.get_username()
        return entity | {"name": user.get_username(), "display_name": shown}
