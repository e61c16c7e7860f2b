"""The same database under what `startproject` makes: what a line costs where nothing is added to it."""

from benchmarks.site.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.site.textbook_view"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Without it, allauth does not let the site start.
    "allauth.account.middleware.AccountMiddleware",
]
