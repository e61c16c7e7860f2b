"""How mail leaves the site."""

from supportcenter.environment import WrongSetting
from supportcenter.mail_providers import is_provider, provider_of, provider_settings, webhook_of
from supportcenter.mail_url import mail_settings
from supportcenter.settings.places import DATA_DIR, SITE, SITE_URL, env
from supportcenter.settings.security import DEVELOPER_PAGES
from supportcenter.text.addresses import ascii_mailbox, deliverable

EMAIL_URL = env.text("EMAIL_URL", "")
EMAIL_PASSWORD = env.text("EMAIL_PASSWORD", "", verbatim=True)
# Where it is not, nothing that goes by mail is offered.
MAIL_IS_SET_UP = bool(EMAIL_URL) or DEVELOPER_PAGES
MAIL_DIR = EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
# user:secret, by which a provider that calls shows that it is the provider; and the key that it signs with, if it does.
MAIL_WEBHOOK_SECRET = env.text("MAIL_WEBHOOK_SECRET", "")
MAIL_WEBHOOK_KEY = env.text("MAIL_WEBHOOK_KEY", "")
# The name of the provider, and the address under anymail/ where it tells what became of messages; empty if nothing may.
MAIL_PROVIDER = MAIL_WEBHOOK = ""
if is_provider(EMAIL_URL):
    MAIL_PROVIDER = provider_of(EMAIL_URL)
    MAIL_WEBHOOK = webhook_of(MAIL_PROVIDER, secret=MAIL_WEBHOOK_SECRET, key=MAIL_WEBHOOK_KEY)
    vars().update(
        provider_settings(
            EMAIL_URL,
            password=EMAIL_PASSWORD,
            webhook_secret=MAIL_WEBHOOK_SECRET,
            webhook_key=MAIL_WEBHOOK_KEY,
            timeout=EMAIL_TIMEOUT,
            site_url=SITE_URL,
        )
    )
elif EMAIL_URL:
    vars().update(mail_settings(EMAIL_URL, password=EMAIL_PASSWORD))
elif DEVELOPER_PAGES:
    # Into files, which the developers' mail page shows.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
else:
    EMAIL_BACKEND = "supportcenter.no_mail_server.EmailBackend"
MAIL_FROM = env.text("MAIL_FROM", "")
if MAIL_FROM and not deliverable(MAIL_FROM):
    raise WrongSetting("MAIL_FROM", "is no email address: write support@example.org, or Support <support@example.org>.")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ascii_mailbox(MAIL_FROM or f"support@{SITE.hostname}")
