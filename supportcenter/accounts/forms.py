from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from supportcenter import clock, security_log
from supportcenter.client_address import client_address
from supportcenter.jobs.outbox.later import run_later
from supportcenter.text.fields import AddressField


class ForgottenPasswordForm(ResetPasswordForm):
    """The link for a new password, to an address however it is pasted.

    The request only writes down what was asked: a job looks whether there is such an account. So the answer and the
    time it takes are the same for an address with one and without.
    """

    email = AddressField()

    def clean(self) -> dict[str, Any] | None:
        if not settings.MAIL_IS_SET_UP:
            raise ValidationError(gettext("No mail server is set up, so no link can be sent."), code="no_mail_server")
        cleaned: dict[str, Any] | None = super().clean()
        return cleaned

    def clean_email(self) -> str:
        """As typed: allauth's own looks for accounts here."""
        email: str = self.cleaned_data["email"]
        return email

    def save(self, request: HttpRequest, **more: Any) -> str:
        email: str = self.cleaned_data["email"]
        security_log.note("password_reset_requested", address=client_address(request), email=email)
        asked_at = clock.now().isoformat()
        run_later("accounts.reset_password", address=email, language=get_language(), asked_at=asked_at)
        return email
