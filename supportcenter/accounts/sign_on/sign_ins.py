"""The sign-ins that a provider has vouched for: remembered as it calls them, so that it can end them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from supportcenter import clock, security_log
from supportcenter.accounts.actions.sign_ins import close_sign_ins
from supportcenter.accounts.models import SignOn, User
from supportcenter.accounts.signed_out import Why

# In the session: how the provider calls the sign-in, and what it wants to hear when it ends.
HELD = "sign_on"
LONGEST = 255


def sign_on_of(request: HttpRequest) -> dict[str, str] | None:
    """What is held of this browser's sign-in, if it came by a provider."""
    held: dict[str, str] | None = request.session.get(HELD)
    return held


def is_of_a_provider(person: User) -> bool:
    """Does only a provider let this person in?"""
    return not person.has_usable_password() and SocialAccount.objects.filter(user=person).exists()


@receiver(user_logged_in)
def remember(request: HttpRequest, sociallogin: SocialLogin | None = None, **_: Any) -> None:
    if sociallogin is None:
        return
    request.session[HELD] = sociallogin.state[HELD]
    request.session.set_expiry(None)
    _keep_row(request)


def held_of(login: SocialLogin) -> dict[str, str]:
    identity, provider = login.identity, login.provider
    subject = identity.sign_in.get("name_id", identity.subject)
    known = {"provider": provider.sub_id, "name": provider.name, "issuer": identity.issuer, "subject": subject}
    return {**identity.sign_in, **known}


@receiver([password_changed, password_set])
def follow_new_key(request: HttpRequest, **_: Any) -> None:
    """Another password gives the sign-in another key."""
    if sign_on_of(request):
        _keep_row(request)


def _keep_row(request: HttpRequest) -> None:
    held = sign_on_of(request) or {}
    names = {"issuer": held["issuer"], "subject": held["subject"][:LONGEST], "sid": held["sid"][:LONGEST]}
    SignOn.objects.update_or_create(sign_in_id=request.session.session_key, defaults=names)


@transaction.atomic
def end_sign_ins(*, issuer: str, subject: str = "", sids: Collection[str] = ()) -> int:
    """End those that the provider names; their pages in every process close at once. Return how many there were."""
    rows = SignOn.objects.filter(issuer=issuer, sign_in__expire_date__gt=clock.now())
    if subject:
        rows = rows.filter(subject=subject)
    if sids:
        rows = rows.filter(sid__in=sids)
    assert subject or sids, "no one is named"
    keys = list(rows.values_list("sign_in_id", flat=True))
    close_sign_ins(keys, Why.PROVIDER)
    security_log.note("signed_out_by_provider", subject=subject or None, sign_ins=len(keys))
    return len(keys)
