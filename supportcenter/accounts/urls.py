"""The pages of an account: allauth's, without those for what this site does not do.

Addresses are kept by an admin and need no confirming; opening the page to manage one's own would even write a row.
"""

from allauth.account import urls

NOT_OURS = {
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
}

urlpatterns = [each for each in urls.urlpatterns if each.name not in NOT_OURS]
