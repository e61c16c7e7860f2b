"""A person who signs in by a provider confirms there that it is still them (step-up): for what asks for that."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from supportcenter import security_log
from supportcenter.accounts.errors import SignOnFailed
from supportcenter.accounts.models import User
from supportcenter.accounts.sign_on.sign_ins import sign_on_of
from supportcenter.accounts.step_up import go_on
from supportcenter.client_address import client_address

# What the state of a question to the provider says, and seconds that the answer may be old.
AGAIN, FRESH = "again", 300


def may_confirm(request: HttpRequest) -> bool:
    """Is this a sign-in that a provider can confirm?"""
    return bool(sign_on_of(request))


def has_confirmed(request: HttpRequest) -> bool:
    """Has the provider confirmed lately that it is still this person? For pages that ask for it."""
    user = request.user
    records = get_authentication_records(request, user if isinstance(user, User) else None)
    confirmed = [each["at"] for each in records if each.get("provider") and each.get("reauthenticated")]
    return bool(confirmed) and time.time() - confirmed[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def confirm(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """Note that the person who is signed in has just shown it. Raises SignOnFailed: another person, or long ago."""
    identity = login.identity
    own = SocialAccount.objects.filter(user_id=request.user.pk, provider=identity.issuer, uid=identity.subject).first()
    at = identity.authenticated_at
    if own is None or at is None or time.time() - at > FRESH:
        why = "no new sign-in" if own else "another person"
        security_log.warn("sign_on_refused", address=client_address(request), why=why)
        raise SignOnFailed
    record_authentication(request, own.user, "socialaccount", reauthenticated=True, provider=own.provider, uid=own.uid)
    return go_on(request, login.state.get("next") or resolve_url(settings.LOGIN_REDIRECT_URL))
