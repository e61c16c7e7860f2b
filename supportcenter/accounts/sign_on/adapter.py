"""Where allauth asks what this site does with a sign-in by a provider."""

from __future__ import annotations

from typing import Any, NoReturn

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import Provider
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext

from supportcenter import security_log
from supportcenter.accounts.errors import ProviderAway, SignOnFailed
from supportcenter.accounts.sign_on.admission import admit
from supportcenter.accounts.sign_on.again import AGAIN, confirm
from supportcenter.accounts.sign_on.fetching import ProviderSession
from supportcenter.accounts.sign_on.offers import OIDC, SAML, has_oidc, has_saml
from supportcenter.accounts.sign_on.sign_ins import HELD, held_of
from supportcenter.client_address import client_address

# allauth's name of OIDC, by which a sign-in that waits for a second factor asks for it.
KIND = "openid_connect"


class SignOnAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Those of the settings alone: none has a row."""
        there = []
        if has_oidc() and provider in {None, OIDC, KIND}:
            there.append(_openid())
        if has_saml() and provider in {None, SAML}:
            there.append(
                SocialApp(provider=SAML, provider_id=SAML, client_id=SAML, name=settings.SAML_NAME, settings={})
            )
        return there

    def get_requests_session(self) -> ProviderSession:
        return ProviderSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Each account is there before allauth asks (`pre_social_login`)."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Which address counts is decided in one place (`admission.py`)."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account. Raises SignOnFailed, NoAccountHere, AddressHasAccount, ImmediateHttpResponse."""
        identity, state = sociallogin.identity, sociallogin.state
        if "nonce" in state and not constant_time_compare(identity.nonce, state["nonce"]):
            refuse(request, "nonce")
        if state.get("data") == AGAIN:
            raise ImmediateHttpResponse(confirm(request, sociallogin))
        sociallogin.user, sociallogin.account = admit(identity)
        # Of the sign-in this alone is there still when a second factor was asked for in between.
        sociallogin.state[HELD], sociallogin.token = held_of(sociallogin), None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Raises ProviderAway, SignOnFailed, ImmediateHttpResponse."""
        if error == AuthError.CANCELLED:
            messages.info(request, gettext("You have not signed in."))
            raise ImmediateHttpResponse(redirect("account_login"))
        if isinstance(exception, requests.RequestException):
            raise ProviderAway from exception
        refuse(request, str(exception or request.GET.get("error", "") or "state")[:200])


def refuse(request: HttpRequest, why: str) -> NoReturn:
    """Raises SignOnFailed; what was wrong is for the log."""
    security_log.warn("sign_on_refused", address=client_address(request), why=why)
    raise SignOnFailed


def _openid() -> SocialApp:
    return SocialApp(
        provider=KIND,
        provider_id=OIDC,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_URL, "scope": settings.OIDC_SCOPES},
    )
