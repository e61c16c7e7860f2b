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
# Second factors: accounts/factor_adapter.py and factor_forms.py. Its own limits count codes (accounts/codes.py); a key
# cannot be guessed, and an office signs in from one address.
MFA_ADAPTER = "supportcenter.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Steps of 30 seconds by which a phone's clock may be wrong.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_FORMS = {
    "authenticate": "supportcenter.accounts.factor_forms.CodeForm",
    "reauthenticate": "supportcenter.accounts.factor_forms.ConfirmByCodeForm",
    "activate_totp": "supportcenter.accounts.factor_forms.AddAppForm",
    "add_webauthn": "supportcenter.accounts.factor_forms.AddKeyForm",
    "edit_webauthn": "supportcenter.accounts.factor_forms.RenameKeyForm",
    "authenticate_webauthn": "supportcenter.accounts.factor_forms.KeyForm",
    "login_webauthn": "supportcenter.accounts.factor_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "supportcenter.accounts.factor_forms.ConfirmByKeyForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "supportcenter.accounts.passwords.LongEnough"},
    {"NAME": "supportcenter.accounts.passwords.NotOurWords"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The first person of a site: `manage.py make_admin`, and `serve` where nobody administers the site yet.
ADMIN_USERNAME = env.text("ADMIN_USERNAME", "")
ADMIN_EMAIL = env.text("ADMIN_EMAIL", "")
ADMIN_PASSWORD = env.text("ADMIN_PASSWORD", "")
if ADMIN_USERNAME and not ADMIN_PASSWORD:
    raise WrongSetting("ADMIN_USERNAME", "needs ADMIN_PASSWORD beside it; without either, use `manage.py make_admin`.")
