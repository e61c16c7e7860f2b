"""Which of our settings was meant by a name that is none. Pure."""

from collections.abc import Collection
from difflib import get_close_matches

# How alike two names have to be: LOGLEVEL and LOG_LEVEL are, DATABASE_HOST and DATABASE_URL are not.
ALIKE = 0.85
# Shorter ones resemble too much of what a shell exports.
SHORTEST = 7
# As other sites of Django's are set up.
HABITS = {
    "CELERY_BROKER_URL": "REDIS_URL",
    "CSRF_TRUSTED_ORIGINS": "TRUSTED_ORIGINS",
    "DEFAULT_FROM_EMAIL": "MAIL_FROM",
    "EMAIL_BACKEND": "EMAIL_URL",
    "EMAIL_FROM": "MAIL_FROM",
    "EMAIL_HOST": "EMAIL_URL",
    "EMAIL_HOST_PASSWORD": "EMAIL_URL",
    "EMAIL_HOST_USER": "EMAIL_URL",
    "EMAIL_PORT": "EMAIL_URL",
    "EMAIL_USE_SSL": "EMAIL_URL",
    "EMAIL_USE_TLS": "EMAIL_URL",
    "LANGUAGE_CODE": "SITE_LANGUAGE",
    "MEDIA_ROOT": "DATA_DIR",
    "STATIC_ROOT": "DATA_DIR",
}
PREFIXES = ("DJANGO_", "SUPPORT_", "SUPPORTCENTER_", "SUPPORT_CENTER_")


def meant_by(name: str, known: Collection[str]) -> str | None:
    """One of `known`, or None for a name that is no attempt at any of them."""
    bare = next((name.removeprefix(prefix) for prefix in PREFIXES if name.startswith(prefix)), name).upper()
    if bare in known and bare != name:
        return bare
    if HABITS.get(bare) in known:
        return HABITS[bare]
    long_ones = [each for each in known if len(each) >= SHORTEST]
    alike = get_close_matches(bare, long_ones, 1, ALIKE) if len(bare) >= SHORTEST else []
    return alike[0] if alike and alike[0] != name else None
