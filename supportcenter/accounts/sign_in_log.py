"""What the security log says of sign-ins and passwords."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from supportcenter import security_log
from supportcenter.accounts.models import User
from supportcenter.accounts.sign_in_limits import forget_failures
from supportcenter.client_address import client_address


@receiver(user_logged_in)
def note_signed_in(request: HttpRequest, user: User, **facts: Any) -> None:
    security_log.note("signed_in", address=client_address(request), account=user.username)


@receiver(user_logged_out)
def note_signed_out(request: HttpRequest, user: User | None, **facts: Any) -> None:
    if user:
        security_log.note("signed_out", address=client_address(request), account=user.username)


@receiver(user_login_failed)
def warn_of_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **facts: Any) -> None:
    address = client_address(request) if request else None
    security_log.warn("sign_in_failed", address=address, account=credentials.get("username"))


@receiver([password_changed, password_set, password_reset])
def note_password(request: HttpRequest, user: User, **facts: Any) -> None:
    security_log.note("password_changed", address=client_address(request), account=user.username)


@receiver(password_reset)
def let_in_again(request: HttpRequest, user: User, **facts: Any) -> None:
    forget_failures(request, user.username)
