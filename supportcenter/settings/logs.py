"""What is logged, and where."""

from supportcenter.settings.places import env

LOG_LEVEL = env.text("LOG_LEVEL", "WARNING", one_of=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
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
