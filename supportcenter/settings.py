"""Every setting, from the environment through one typed reader. `.env.example` lists them all."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_noop
from environs import Env

from supportcenter.secret_key import given_or_own
from supportcenter.text.addresses import ascii_mailbox

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(env.path("ENV_FILE", BASE_DIR / ".env"), recurse=False)

# ---- Where things are -------------------------------------------------------------------------------------------
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").resolve()
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SITE = urlsplit(SITE_URL)

# ---- Who may talk to us -----------------------------------------------------------------------------------------
SECRET_KEY = given_or_own(env.str("SECRET_KEY", ""), DATA_DIR / "secret_key")
DEBUG = env.bool("DEBUG", False)
# Pages only developers should see: the mail that the embedded default writes to files.
DEVELOPER_PAGES = env.bool("DEVELOPER_PAGES", False)
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", []), SITE.hostname, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL, *env.list("TRUSTED_ORIGINS", [])]
# How many proxies of yours stand in front: 0 takes the peer's address, 1 the last entry of X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SITE = SITE.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
CSRF_FAILURE_VIEW = "supportcenter.refusals.csrf.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
SECURE_REFERRER_POLICY = "same-origin"
# The icon tray falls back to a popup of ours, which "same-origin" would cut off from its opener.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# What pages may ask the browser for: calls, screens, the tray and full-screen video, and nothing else.
PERMISSIONS_POLICY = {
    **dict.fromkeys(
        (
            "autoplay", "camera", "clipboard-read", "clipboard-write", "display-capture", "fullscreen", "microphone",
            "picture-in-picture",
        ),
        "self",
    ),
    **dict.fromkeys(
        (
            "accelerometer", "browsing-topics", "geolocation", "gyroscope", "hid",
            "idle-detection", "local-fonts", "magnetometer", "midi", "payment", "publickey-credentials-get",
            "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
        ),
        "",
    ),
}  # fmt: skip

# ---- The parts --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "supportcenter.apps.SupportCenterConfig",
    "supportcenter.refusals",
    "supportcenter.live",
    "supportcenter.jobs",
    "supportcenter.accounts",
    "sessions_app",
    "invitations",
    "webacd",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "channels",
    "anymail",
    "csp",
    "lucide",
]

MIDDLEWARE = [
    # Before all that reads the Host header.
    "supportcenter.hosts.only_our_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "supportcenter.middleware.permissions_policy",
    "supportcenter.middleware.keep_pages_private",
    "csp.middleware.CSPMiddleware",
    "supportcenter.refusals.storage_middleware.StoringSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "supportcenter.middleware.lead_links_home",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "supportcenter.accounts.middleware.one_policy_for_a_page",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "supportcenter.refusals.storage_middleware.StorageFullMiddleware",
    "supportcenter.refusals.middleware.RefusalMiddleware",
    "supportcenter.refusals.middleware.refuse_other_charsets",
]

ROOT_URLCONF = "supportcenter.urls"
ASGI_APPLICATION = "supportcenter.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "supportcenter.accounts.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# ---- Storage ----------------------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'support.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Our backend: one writer at a time in the process, so that writers queue fairly instead of sleeping and retrying.
    DATABASES["default"]["ENGINE"] = "supportcenter.sqlite_queue"
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=2000;",
    }
    # In a file: a database in memory gives the threads of a test none of the locking they meet in life.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "supportcenter.redis_cache.RedisOrProcessCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}}
else:
    # Failed sign-ins are counted there: a stranger who makes up names must not push out what was counted before.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "supportcenter.static_files.ModuleManifestStorage"},
}

# ---- One process, a few threads ---------------------------------------------------------------------------------
HTTP_THREADS = env.int("HTTP_THREADS", 4)
# Bytes of one request that uploads a part of a file; a larger one is refused before it is read. All other requests
# get as much as a form may have (serving/heads.py).
HTTP_BODY_LIMIT = env.int("HTTP_BODY_LIMIT", 32 * 1024 * 1024)
SOCKET_BYTE_BUDGET = env.int("SOCKET_BYTE_BUDGET", 512 * 1024)
# Database connections for the sockets: the few questions they have are short.
SOCKET_DB_THREADS = env.int("SOCKET_DB_THREADS", 4)
# embedded: a thread of `serve` runs later work. celery: a Celery worker and beat do, over REDIS_URL.
JOBS_RUNNER = env.str(
    "JOBS_RUNNER", "celery" if REDIS_URL else "embedded", validate=lambda v: v in {"embedded", "celery"}
)
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# ---- Media between browsers -------------------------------------------------------------------------------------
# Without TURN two people behind strict networks do not reach each other: docs/media.md.
STUN_URLS: list[str] = env.list("STUN_URLS", [])
TURN_URLS: list[str] = env.list("TURN_URLS", [])
TURN_SECRET = env.str("TURN_SECRET", "")
# Seconds a participant's relay credential is good for.
TURN_TTL = env.int("TURN_TTL", 600)
# Everything through the relay, so that neither side learns the other's address.
MEDIA_RELAY_ONLY = env.bool("MEDIA_RELAY_ONLY", False)

# ---- Files and recordings ---------------------------------------------------------------------------------------
# Uploads on their way, and what recordings are made of: on a disk that all processes of the site share.
PARTS_DIR = DATA_DIR / "parts"
# Bodies of requests that are not answered yet; emptied when the site starts.
TEMPORARY_DIR = DATA_DIR / "tmp"
# Makes recordings that can be sought in; without it they are kept as the browser sent them.
FFMPEG = env.str("FFMPEG", "ffmpeg")
# A virus scanner that speaks clamd's protocol, tcp://host:3310 or unix:///path. All files then go through the server.
CLAMD_URL = env.str("CLAMD_URL", "")

# ---- People -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["supportcenter.accounts.sign_in.SignIn"]
# Of the accounts that `manage.py seed_demo` makes; empty: a random one, printed.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "supportcenter.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_FORMS = {"reset_password": "supportcenter.accounts.forms.ForgottenPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Mail about a password speaks for itself; people without an account here are not written to at all.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Failed sign-ins are counted by accounts/sign_in_limits.py; these limits would shut out an office with its neighbour.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": ""}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "supportcenter.accounts.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ---- Mail -------------------------------------------------------------------------------------------------------
# Without EMAIL_URL messages are written to files; the developers' mail page shows them.
MAIL_DIR = EMAIL_FILE_PATH = DATA_DIR / "mail"
if env.str("EMAIL_URL", ""):
    vars().update({name: value for name, value in env.dj_email_url("EMAIL_URL").items() if name != "EMAIL_FILE_PATH"})
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ascii_mailbox(env.str("MAIL_FROM", "") or f"support@{SITE.hostname}")

# ---- Languages and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = env.str("SITE_LANGUAGE", "en")
# Each in its own words, whatever the language of the page: in the Arabic catalogue English is "English" too.
LANGUAGES = [("en", gettext_noop("English")), ("ar", "العربية")]
# Catalogues are compiled from locale/ into DATA_DIR by `manage.py compile_catalogues`, without gettext's programs.
CATALOGUES_DIR = BASE_DIR / "locale"
LOCALE_PATHS = [DATA_DIR / "locale"]
FORMAT_MODULE_PATH = "supportcenter.formats"
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")

LOG_LEVEL = env.str("LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "not_about_storage": {"()": "supportcenter.refusals.storage_full.NotAboutStorage"},
        "our_faults_alone": {"()": "supportcenter.refusals.logs.WithoutTheirTraceback"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "refused_requests": {"class": "supportcenter.refusals.logs.RefusedRequests"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django sets a level of its own for its own. The security log is complete, whatever the level of the rest.
    "loggers": {
        "django": {"level": LOG_LEVEL},
        "django.request": {"filters": ["not_about_storage", "our_faults_alone"]},
        "django.security": {"handlers": ["refused_requests"], "propagate": False},
        "supportcenter.security": {"level": "INFO"},
    },
}
