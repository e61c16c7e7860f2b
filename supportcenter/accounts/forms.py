from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from django.utils.translation import get_language

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
