"""Languages and time."""

from django.utils.translation import gettext_noop

from supportcenter.mounting import cookie_name
from supportcenter.settings.places import BASE_DIR, DATA_DIR, MOUNT, env

LANGUAGE_COOKIE_NAME = cookie_name("django_language", MOUNT)
LANGUAGE_CODE = env.str("SITE_LANGUAGE", "en")
# Each in its own words, whatever the language of the page: in the Arabic catalogue English is "English" too.
LANGUAGES = [("en", gettext_noop("English")), ("ar", "العربية")]
# Catalogues are compiled from locale/ into DATA_DIR by `manage.py compile_catalogues`, without gettext's programs.
CATALOGUES_DIR = BASE_DIR / "locale"
LOCALE_PATHS = [DATA_DIR / "locale"]
FORMAT_MODULE_PATH = "supportcenter.formats"
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")
