"""Languages and time."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_noop

from supportcenter.environment import WrongSetting
from supportcenter.mounting import cookie_name
from supportcenter.settings.places import BASE_DIR, COOKIE_PREFIX, MOUNT, PREPARED_DIR, SITE, env

LANGUAGE_COOKIE_NAME = COOKIE_PREFIX + cookie_name("django_language", MOUNT)
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SITE.scheme == "https"
LANGUAGE_CODE = env.text("SITE_LANGUAGE", "en", one_of=("en", "ar"))
# Each in its own words, whatever the language of the page: in the Arabic catalogue English is "English" too.
LANGUAGES = [("en", gettext_noop("English")), ("ar", "العربية")]
# Catalogues are compiled from locale/ into DATA_DIR by `manage.py compile_catalogues`, without gettext's programs.
CATALOGUES_DIR = BASE_DIR / "locale"
LOCALE_PATHS = [PREPARED_DIR / "locale"]
FORMAT_MODULE_PATH = "supportcenter.formats"
USE_I18N = USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError, OSError):
    raise WrongSetting("TIME_ZONE", f"“{TIME_ZONE}” is no time zone: write one such as Asia/Riyadh or UTC.") from None
