"""Accounts and sign-in."""

from supportcenter.environment import WrongSetting
from supportcenter.settings.places import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["supportcenter.accounts.sign_in.SignIn"]
SESSION_ENGINE = "supportcenter.accounts.session_store"
# Of the accounts that `manage.py seed_demo` makes; empty: a random one, printed.
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "supportcenter.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_FORMS = {"reset_password": "supportcenter.accounts.forms.ForgottenPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Mail about a password speaks for itself; people without an account here are not written to at all.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Failed sign-ins are counted by accounts/sign_in_limits.py; these limits would shut out an office with its neighbour.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": ""}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "supportcenter.accounts.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The first person of a site: `manage.py make_admin`, and `serve` where nobody administers the site yet.
ADMIN_USERNAME = env.text("ADMIN_USERNAME", "")
ADMIN_EMAIL = env.text("ADMIN_EMAIL", "")
ADMIN_PASSWORD = env.text("ADMIN_PASSWORD", "")
if ADMIN_USERNAME and not ADMIN_PASSWORD:
    raise WrongSetting("ADMIN_USERNAME", "needs ADMIN_PASSWORD beside it; without either, use `manage.py make_admin`.")
