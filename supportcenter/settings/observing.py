"""What others may read of the site: its numbers, its errors, whom to write to."""

from supportcenter.environment import WrongSetting
from supportcenter.settings.mail import DEFAULT_FROM_EMAIL
from supportcenter.settings.places import SITE, env

# Who may read /metrics besides this machine; a shorter one can be guessed.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 16:
    raise WrongSetting("METRICS_TOKEN", "can be guessed: write 16 random letters and digits or more.")
METRICS = env.flag("METRICS", bool(METRICS_TOKEN))

SENTRY_DSN = env.text("SENTRY_DSN", "")
if SENTRY_DSN:
    # A quarter of a second of imports, for sites that report errors alone.
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        Dsn(SENTRY_DSN)
    except BadDsn as error:
        # Not its own words: they may quote the key.
        raise WrongSetting(
            "SENTRY_DSN", "is no address of a project: it reads https://KEY@errors.example.org/NUMBER."
        ) from error

# Where to report a vulnerability: an address, or a page. A site on this machine alone has none.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"mailto:{DEFAULT_FROM_EMAIL}" if SITE.scheme == "https" else "")
if "@" in SECURITY_CONTACT and ":" not in SECURITY_CONTACT:
    SECURITY_CONTACT = f"mailto:{SECURITY_CONTACT}"
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise WrongSetting("SECURITY_CONTACT", "must be an email address, an https:// page or a tel: number.")
