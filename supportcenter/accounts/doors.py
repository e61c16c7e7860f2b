"""Two doors before every view: a second factor that is required (E70), and identity that was confirmed lately."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from supportcenter.accounts.actions.factors import begin_grace
from supportcenter.accounts.errors import NeedsSecondFactor
from supportcenter.accounts.models import User
from supportcenter.accounts.step_up import ask, is_recent
from supportcenter.refusals.answers import answer_refusal
from supportcenter.responses import GetResponse, wants_json

READING = {"GET", "HEAD"}
# By what these do nobody gets at anything of the site, and a second factor could not be set up without them.
ALWAYS_OPEN = {
    *("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "mfa_authenticate", "mfa_login_webauthn"),
    *("account_login", "account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("sign_on", "sign_on_again", "sign_on_callback", "sign_on_assertion", "sign_on_finish", "sign_on_metadata"),
    *("sign_on_back_channel", "sign_on_saml_logout", "sign_in_link"),
    *("set_language", "theme", "logo", "touch_icon", "installed_icon", "face", "manifest", "favicon"),
    *("apple_touch_icon", "robots", "security_txt", "push_stop", "mail_events", "livez", "readyz", "metrics"),
}

# A customer's pages know a seat or a place in a queue, and ask for no account.
OF_CUSTOMERS = ("customer_", "remote_support", "waiting")


class Door:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


class SecondFactorDoor(Door):
    """Who must have a second factor, and has none when their grace is over, finds the page to set one up, no more."""

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.view_name in ALWAYS_OPEN or match.view_name.startswith(OF_CUSTOMERS):
            return None
        user = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if not isinstance(user, User) or not user.factor.is_due:
            return None
        begin_grace(user)
        if not user.is_shut_out:
            return None
        if request.method in READING and not wants_json(request):
            return redirect("mfa_index")
        return answer_refusal(request, NeedsSecondFactor())


class StepUpDoor(Door):
    def process_view(self, request: HttpRequest, view: Callable[..., object], *_more: Any) -> HttpResponseBase | None:
        """What a view is marked for by `asks_again`. People who are not signed in are the view's own affair."""
        user = request.user if request.method in getattr(view, "asks_again", ()) else None
        if not isinstance(user, User) or is_recent(request, user):
            return None
        return ask(request, user, get_adapter(request).get_reauthentication_methods(user))
