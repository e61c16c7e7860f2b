"""Where the words wait that the next page shows."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from supportcenter.mounting import cookie_name


class OwnCookie(CookieStorage):
    """In a cookie of this site, not in one that another application at the root of the host has as well."""

    cookie_name = settings.COOKIE_PREFIX + cookie_name("messages", settings.MOUNT)


class Toasts(FallbackStorage):
    """In a cookie, and in the session what is too long for one, as Django does."""

    storage_classes = (OwnCookie, SessionStorage)
