from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from supportcenter.accounts.models import User


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin; customers never need one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No request waits for a mail server: what this site writes, jobs send (jobs.py)."""
        raise NotImplementedError(template_prefix)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """The language a person once chose follows to a browser in which none was chosen yet."""
        response: HttpResponse = super().post_login(request, user, **more)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language != settings.LANGUAGE_CODE:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.SECURE_SITE
            )
        return response
