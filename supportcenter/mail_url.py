"""EMAIL_URL: the mail server that the site hands its messages to. Pure."""

from typing import Any
from urllib.parse import parse_qsl, unquote

from supportcenter.environment import YES, WrongSetting, address_in

SMTP = "django.core.mail.backends.smtp.EmailBackend"
# Scheme: the usual port, and whether TLS begins after STARTTLS, from the start, or (on a line of one's own) not at all.
SCHEMES = {
    "submission": {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False},
    "smtps": {"EMAIL_PORT": 465, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True},
    "smtp": {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False},
}
# As they have always been written behind smtp://.
OPTIONS = {"ssl": "EMAIL_USE_SSL", "tls": "EMAIL_USE_TLS"}


def mail_settings(url: str, *, password: str = "") -> dict[str, Any]:
    """Django's settings for this address; `password` instead of the one in it. Raises WrongSetting."""
    parts = address_in("EMAIL_URL", url, SCHEMES)
    settings: dict[str, Any] = {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": password or unquote(parts.password or ""),
        **SCHEMES[parts.scheme],
    }
    if parts.port:
        settings["EMAIL_PORT"] = parts.port
    if parts.path.strip("/"):
        raise WrongSetting("EMAIL_URL", "must end with the host and its port: nothing is read behind them.")
    settings |= _options(parts.query)
    if settings["EMAIL_USE_SSL"] and settings["EMAIL_USE_TLS"]:
        raise WrongSetting("EMAIL_URL", "asks for TLS twice: from the start, and after STARTTLS.")
    return settings


def _options(query: str) -> dict[str, bool]:
    found = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(found.keys() - OPTIONS.keys()):
        raise WrongSetting("EMAIL_URL", f"has an option that there is not: {', '.join(unknown)}.")
    return {OPTIONS[name]: value.lower() in YES for name, value in found.items()}
