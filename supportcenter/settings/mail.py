"""How mail leaves the site."""

import dj_email_url

from supportcenter.settings.places import DATA_DIR, SITE, env
from supportcenter.text.addresses import ascii_mailbox

# Without EMAIL_URL messages are written to files; the developers' mail page shows them.
MAIL_DIR = EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_URL = env.text("EMAIL_URL", "")
if EMAIL_URL:
    vars().update({name: value for name, value in dj_email_url.parse(EMAIL_URL).items() if name != "EMAIL_FILE_PATH"})
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ascii_mailbox(env.text("MAIL_FROM", "") or f"support@{SITE.hostname}")
