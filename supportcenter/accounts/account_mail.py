"""What the site writes to people with an account. Only jobs send it: a request never waits for a mail server."""

from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext, override

from supportcenter.accounts.models import SitePolicy, User
from supportcenter.text.addresses import deliverable
from supportcenter.whole_addresses import whole_address


def reset_message(user: User, language: str) -> EmailMultiAlternatives | None:
    """With the link for a new password, to somebody who has asked for it."""
    return _message(user, "password_reset_key", language, password_reset_url=_link(user), username=user.username)


def link_message(user: User) -> EmailMultiAlternatives | None:
    """With the link to choose a password, from an administrator who has made the account or has it sent again."""
    return _message(user, "password_link", user.language, password_url=_link(user), username=user.username)


def factor_message(
    user: User, *, what: str, at: datetime, factor: str = "", left: int = 0
) -> EmailMultiAlternatives | None:
    """What has become of the second factors of an account, also for its owner who has done nothing."""
    with override(user.language):
        news = _factor_news(what, factor, left)
    return _message(user, "second_factor", user.language, news=news, at=at, link=whole_address("mfa_index"))


def _factor_news(what: str, factor: str, left: int) -> str:
    is_app = factor == Authenticator.Type.TOTP
    if what == "added":
        app = gettext("An authenticator app was set up for your account.")
        return app if is_app else gettext("A passkey or security key was added to your account.")
    if what == "removed":
        app = gettext("The authenticator app of your account was removed.")
        return app if is_app else gettext("A passkey or security key of your account was removed.")
    if what == "renewed":
        return gettext("New recovery codes were made for your account. The earlier ones no longer work.")
    if what == "code_used":
        words = ngettext(
            "A recovery code of your account was used; %(left)s is left.",
            "A recovery code of your account was used; %(left)s are left.",
            left,
        )
        return words % {"left": left}
    return gettext(
        "An administrator has reset the second factor of your account. "
        "Your password alone lets you in until you set up another."
    )


def test_message(user: User) -> EmailMultiAlternatives | None:
    """To an admin who wants to see whether mail leaves the site."""
    return _message(user, "mail_test", user.language, sender=settings.DEFAULT_FROM_EMAIL)


def _message(user: User, template: str, language: str, **words: Any) -> EmailMultiAlternatives | None:
    """The message in this language, to the account's own address; None if no mail can be sent there."""
    to = deliverable(user.email)
    if not to:
        return None
    with override(language):
        context = {**words, "policy": SitePolicy.current()}
        subject = render_to_string(f"account/email/{template}_subject.txt", context)
        body = render_to_string(f"account/email/{template}_message.txt", context)
        html = render_to_string(f"account/email/{template}_message.html", context)
    message = EmailMultiAlternatives(
        " ".join(subject.split()), body.strip(), to=[to], headers={"Content-Language": language}
    )
    message.attach_alternative(html, "text/html")
    return message


def _link(user: User) -> str:
    """It holds once, until the account signs in or changes, and for three days at most."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return whole_address("account_reset_password_from_key", **key)
