"""Database, Redis, static and media files."""

import dj_database_url

from supportcenter.files_keys import keys_of
from supportcenter.settings.places import BASE_DIR, DATA_DIR, MOUNT, PREPARED_DIR, env
from supportcenter.settings.security import DEVELOPER_PAGES
from supportcenter.storage_url import storage_of

DATABASE_URL = env.url(
    "DATABASE_URL", f"sqlite:///{DATA_DIR / 'support.sqlite3'}", schemes=("postgres", "postgresql", "sqlite")
)
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
# Instead of the one in the address, where some characters have to be written as %XX.
DATABASES["default"]["PASSWORD"] = env.text("DATABASE_PASSWORD", "", verbatim=True) or DATABASES["default"]["PASSWORD"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Our backend: one writer at a time in the process, so that writers queue fairly instead of sleeping and retrying.
    DATABASES["default"]["ENGINE"] = "supportcenter.sqlite_queue"
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # What is deleted is overwritten (E44), as Debian's library does unasked.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=2000; PRAGMA secure_delete=ON;"
        ),
    }
    # In a file: a database in memory gives the threads of a test none of the locking they meet in life.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss", "unix"))
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

# Scripts and styles of a page as one file each; the modules that they are written in for developers.
BUNDLES = env.flag("BUNDLES", not DEVELOPER_PAGES)
STATIC_URL = f"{MOUNT}/static/"
STATIC_ROOT = PREPARED_DIR / "static"
# Topics of the help centre, and their pictures.
HELP_DIR = BASE_DIR / "docs" / "help"
STATICFILES_DIRS = [BASE_DIR / "static", ("help", HELP_DIR / "pictures")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "supportcenter.fonts.FontFinder",
    "supportcenter.emoji_names.EmojiFinder",
]
# Nothing asks for the others: half of the files, and half of the time that compressing them takes.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Of pictures nothing is left to save, and source maps are for the rare developer.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("gif", "ico", "jpg", "map", "png", "webp", "woff", "woff2")
MEDIA_ROOT = DATA_DIR / "media"
# Finished files and recordings elsewhere than in MEDIA_ROOT: docs/hosting.md.
STORAGE_URL = env.text("STORAGE_URL", "")
# Encrypts finished files and recordings, and those on their way; the newest first, `none` instead to stop it.
FILES_KEYS = keys_of(env.names("FILES_KEY", []))
ON_DISK = {
    "BACKEND": "supportcenter.sealed_files.storages.SealedOnDisk",
    "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}
STORAGES = {
    "default": storage_of(STORAGE_URL) if STORAGE_URL else ON_DISK,
    "staticfiles": {"BACKEND": "supportcenter.static_files.ModuleManifestStorage"},
}
