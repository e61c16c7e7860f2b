"""What is logged, and where."""

from supportcenter.settings.places import env

LOG_LEVEL = env.text("LOG_LEVEL", "WARNING", one_of=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
# json: an object a line, for programs that collect logs.
LOG_FORMAT = env.text("LOG_FORMAT", "text", one_of=("text", "json"))
# A line for each request and each socket.
ACCESS_LOG = env.flag("ACCESS_LOG", False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Only the one that is wanted: each is made, and what it needs imported.
    "formatters": {
        "line": {"()": f"supportcenter.log_formats.{'as_json' if LOG_FORMAT == 'json' else 'Text'}"},
    },
    "filters": {
        "not_about_storage": {"()": "supportcenter.refusals.storage_full.NotAboutStorage"},
        "our_faults_alone": {"()": "supportcenter.refusals.logs.WithoutTheirTraceback"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "refused_requests": {"class": "supportcenter.refusals.logs.RefusedRequests"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django sets a level of its own for its own. The logs of security and of access are
    # complete, whatever the level of the rest.
    "loggers": {
        "django": {"level": LOG_LEVEL},
        "django.request": {"filters": ["not_about_storage", "our_faults_alone"]},
        "django.security": {"handlers": ["refused_requests"], "propagate": False},
        "supportcenter.security": {"level": "INFO"},
        "supportcenter.access": {"level": "INFO"},
    },
}
