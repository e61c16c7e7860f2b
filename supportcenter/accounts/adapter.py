from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from supportcenter.text.addresses import ascii_mailbox


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made by an admin; customers never need one."""

    def is_open_for_signup(self, request):
        return False

    def render_mail(self, template_prefix, email, context, headers=None):
        message = super().render_mail(template_prefix, email, context, headers)
        message.to = [ascii_mailbox(each) for each in message.to]
        return message

    def post_login(self, request, user, **more):
        """The language a person once chose follows to a browser in which none was chosen yet."""
        response = super().post_login(request, user, **more)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language != settings.LANGUAGE_CODE:
            cookie = {"samesite": "Lax", "secure": settings.SECURE_SITE}
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, **cookie)
        return response
