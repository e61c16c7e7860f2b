from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from supportcenter import clock
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.sign_in_times import longest_until
from supportcenter.accounts.sign_on.offers import offers
from supportcenter.accounts.signed_out import why_said
from supportcenter.version import VERSION


def site(request: HttpRequest) -> dict[str, object]:
    """`policy` in every template: the site's name, accent colour and organisation. Read only if the page asks.

    `mail_is_set_up`: whether anything may be promised that goes by mail.
    `version`: for staff, who are asked for it when they report something.
    `sign_on`: by which identity providers people sign in; `has_passwords`: whether by password as well.
    `server_time`: by which a page counts down, whatever its own computer's clock says. `csrf_cookie`: where a page's
    scripts find the token of this moment.
    `sign_in_ends`: when everybody has to sign in again; only pages of people with an account ask.
    `why_signed_out`: for the sign-in page.
    """
    return {
        "policy": SimpleLazyObject(SitePolicy.current),
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "sign_on": offers(),
        "has_passwords": settings.PASSWORD_SIGN_IN,
        "server_time": clock.estimate().isoformat(),
        "version": VERSION,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "sign_in_ends": partial(_sign_in_ends, request),
        "why_signed_out": partial(why_said, request),
    }


def _sign_in_ends(request: HttpRequest) -> datetime | None:
    return longest_until(request.session, SitePolicy.current())
