"""The pages of an account: allauth's, without those for what this site does not do.

Addresses are kept by an admin and need no confirming; opening the page to manage one's own would even write a row.
"""

from allauth.account import urls
from django.urls import URLPattern

from supportcenter.accounts.own_sign_in import own_sign_in
from supportcenter.accounts.sign_on.urls import urlpatterns as of_sign_on

NOT_OURS = {
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
    # Ours ends the sign-in at an identity provider, too.
    "account_logout",
}
# Of passwords: there is none of these where nobody signs in by one (E72).
OF_PASSWORDS = "password"


def _with_passwords(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, own_sign_in(pattern.callback), pattern.default_args, pattern.name)


_ours = [each for each in urls.urlpatterns if each.name not in NOT_OURS]
urlpatterns = [
    *of_sign_on,
    *(_with_passwords(each) if OF_PASSWORDS in str(each.name) else each for each in _ours),
]
