from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse

from supportcenter.accounts.models import User
from supportcenter.text.addresses import ascii_mailbox


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin; customers never need one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        message.to = [ascii_mailbox(each) for each in message.to]
        return message

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """The language a person once chose follows to a browser in which none was chosen yet."""
        response: HttpResponse = super().post_login(request, user, **more)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language != settings.LANGUAGE_CODE:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.SECURE_SITE
            )
        return response
