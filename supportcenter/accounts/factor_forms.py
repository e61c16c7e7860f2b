"""What people type or their browser sends, to prove a second factor or to add one."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from supportcenter import security_log
from supportcenter.accounts.codes import forget_attempts, may_try, steps_of, use_code
from supportcenter.accounts.models import User
from supportcenter.client_address import client_address
from supportcenter.text.fields import NameField

LONGEST_CODE, LONGEST_KEY_NAME = 20, 60
# What reading an answer raises that no browser of ours has written.
UNREADABLE = (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError)


def code_field() -> forms.CharField:
    widget = forms.TextInput(
        {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "dir": "ltr",
            "autofocus": True,
            "spellcheck": "false",
        }
    )
    return forms.CharField(label=_("Code"), max_length=LONGEST_CODE, widget=widget)


class TypedCode(AuthenticateForm):
    """A code of the person's app, or one of their recovery codes. Each attempt counts."""

    code = code_field()

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        require_attempt(self.user)
        used = use_code(self.user, code)
        if used is None:
            self._warn()
            raise get_adapter().validation_error("incorrect_code")
        forget_attempts(context.request, self.user)
        used.user = self.user
        self.authenticator = used
        return code

    def _warn(self) -> None:
        security_log.warn(
            "second_factor_failed", address=client_address(context.request), account=self.user.username, factor="code"
        )


class CodeForm(TypedCode):
    """At sign-in."""


class ConfirmByCodeForm(TypedCode, ReauthenticateForm):
    """Before a change."""

    code = code_field()

    def save(self) -> None:
        ReauthenticateForm.save(self)


class AddAppForm(forms.Form):
    """The first code shows that the app has the secret, which waits, encrypted, in the person's sign-in till then."""

    code = code_field()

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user
        self.secret = _waiting_secret(context.request, renew=not self.is_bound)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        require_attempt(self.user)
        if not any(steps_of(self.secret, code)):
            raise get_adapter().validation_error("incorrect_code")
        forget_attempts(context.request, self.user)
        return code


def require_attempt(user: User) -> None:
    """Raises ValidationError once too many codes were tried."""
    if not may_try(context.request, user):
        security_log.warn("second_factor_locked", address=client_address(context.request), account=user.username)
        raise get_account_adapter().validation_error("too_many_login_attempts")


def _waiting_secret(request: HttpRequest, *, renew: bool) -> str:
    kept = request.session.get(SECRET_SESSION_KEY)
    if kept and not renew:
        return decrypt(kept)
    secret: str = generate_totp_secret()
    request.session[SECRET_SESSION_KEY] = encrypt(secret)
    return secret


class SentByKey(AuthenticateWebAuthnForm):
    """The answer of a passkey or a security key to the site's question."""

    def clean_credential(self) -> Authenticator:
        try:
            key: Authenticator = super().clean_credential()
        except forms.ValidationError:
            self._warn()
            raise
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return key

    def _warn(self) -> None:
        account = self.user.username if self.user else None
        address = client_address(context.request)
        security_log.warn("second_factor_failed", address=address, account=account, factor="key")


class KeyForm(SentByKey):
    """At sign-in, after the password."""


class PasskeySignInForm(SentByKey, LoginWebAuthnForm):
    """At sign-in, instead of a password."""


class ConfirmByKeyForm(SentByKey, ReauthenticateWebAuthnForm):
    """Before a change."""


class AddKeyForm(AddWebAuthnForm):
    name = NameField(
        label=_("Name"),
        max_length=LONGEST_KEY_NAME,
        required=False,
        help_text=_("By which you tell it from your others, such as “Phone” or “Blue key”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone"),
        required=False,
        initial=True,
        help_text=_("A passkey: the device asks for a fingerprint, a face or a PIN. Without it: beside the password."),
    )

    def clean(self) -> dict[str, Any]:
        try:
            given: dict[str, Any] = super().clean()
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return given


class RenameKeyForm(EditWebAuthnForm):
    name = NameField(label=_("Name"), max_length=LONGEST_KEY_NAME)
