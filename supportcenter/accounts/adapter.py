from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from supportcenter import security_log
from supportcenter.accounts.errors import PasswordsAreOff
from supportcenter.accounts.models import User
from supportcenter.accounts.rate_limits import client_address, client_key
from supportcenter.accounts.setup import unfinished
from supportcenter.accounts.sign_in_limits import Attempt, count_failure, weigh
from supportcenter.accounts.sign_on.sign_ins import sign_on_of
from supportcenter.accounts.signed_out import COOKIE
from supportcenter.accounts.ways_to_confirm import ways_to_confirm


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin; customers never need one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No request waits for a mail server: what this site writes, jobs send (jobs.py)."""
        raise NotImplementedError(template_prefix)

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth's own limits count by."""
        return client_key(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether sign-in may lead there: to the host that was asked alone. Other names of ours are no place to go."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={host}, require_https=self.request.is_secure())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Ours instead of allauth's, which counts by the Host header too. Raises ValidationError."""
        if not settings.PASSWORD_SIGN_IN:
            raise ValidationError(PasswordsAreOff.message, code=PasswordsAreOff.code)
        username = credentials.get("username") or ""
        attempt = weigh(request, username)
        if attempt is Attempt.LOCKED:
            security_log.warn("sign_in_locked", address=client_address(request), account=username)
            raise self.validation_error("too_many_login_attempts")
        if attempt is Attempt.SLOWED_DOWN:
            security_log.warn("sign_in_slowed_down", address=client_address(request), account=username)
            raise ValidationError(gettext("Enter your password again."), code="slow_down")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        count_failure(request, credentials.get("username") or "")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Ours asks before the views that are marked for it (`step_up.py`), and by a rule of its own."""
        return False

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """By what a person confirms who they are: a second factor if they have one, else what they signed in by."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not isinstance(user, User):
            return found
        held, ways = sign_on_of(self.request), ways_to_confirm(found, user)
        if held is None or user.factor.is_held:
            return ways
        return [*ways, {"id": "sign_on", "description": held["name"], "url": reverse("sign_on_again")}]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where sign-in leads that was asked for no page: of the first person's site, to what is left to set up.

        An admin who is no representative finds the same on their home.
        """
        user = request.user
        if user.is_authenticated and user.is_csr and unfinished(user):
            return reverse("setup")
        url: str = super().get_login_redirect_url(request)
        return url

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """The language a person once chose follows to a browser in which none was chosen yet."""
        response: HttpResponse = super().post_login(request, user, **more)
        if COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language != settings.LANGUAGE_CODE:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.SECURE_SITE
            )
        return response
