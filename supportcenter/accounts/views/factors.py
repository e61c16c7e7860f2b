"""The pages of one's second factors: allauth's, where nothing is said twice."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from supportcenter.accounts.codes import use_code
from supportcenter.accounts.step_up import BY_FACTOR


class AddApp(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        """The code that has shown it is used up, and shows who the person is from now on."""
        response: HttpResponse = super().form_valid(form)
        use_code(self.request.user, form.cleaned_data["code"])
        _count_as_shown(self.request, Authenticator.Type.TOTP)
        return response


class AddKey(AddWebAuthnView):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """allauth draws a form without what was wrong with it."""
        context: dict[str, Any] = super().get_context_data()
        return context | more

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_as_shown(self.request, Authenticator.Type.WEBAUTHN)
        return response


@require_safe
@login_required
def keys(request: HttpRequest) -> HttpResponse:
    """Where allauth goes after a key was changed: all factors are on one page."""
    return redirect("mfa_index")


def _count_as_shown(request: HttpRequest, kind: Authenticator.Type) -> None:
    record_authentication(request, request.user, BY_FACTOR, type=kind.value)
