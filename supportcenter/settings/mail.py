"""How mail leaves the site."""

from supportcenter.settings.places import DATA_DIR, SITE, env
from supportcenter.text.addresses import ascii_mailbox

# Without EMAIL_URL messages are written to files; the developers' mail page shows them.
MAIL_DIR = EMAIL_FILE_PATH = DATA_DIR / "mail"
if env.str("EMAIL_URL", ""):
    vars().update({name: value for name, value in env.dj_email_url("EMAIL_URL").items() if name != "EMAIL_FILE_PATH"})
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ascii_mailbox(env.str("MAIL_FROM", "") or f"support@{SITE.hostname}")
