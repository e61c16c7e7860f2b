import logging
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

logger = logging.getLogger(__name__)


class SupportCenterConfig(AppConfig):
    name = "supportcenter"
    label = "supportcenter"

    def ready(self) -> None:
        for name, meant in settings.MISTAKEN_NAMES.items():
            logger.warning("%s is set, and nothing reads it. Was %s meant? See .env.example.", name, meant)
        if settings.JOBS_RUNNER == "celery":
            # Makes ours the current Celery application, over which committed jobs wake the workers.
            import_module("supportcenter.celery")
        import_module("supportcenter.embedded_backplane")
        # Imported only where they are wanted: each costs a start time and memory.
        if settings.METRICS:
            import_module("supportcenter.monitoring.counters").begin()
            import_module("supportcenter.monitoring.news")
        if settings.SENTRY_DSN:
            import_module("supportcenter.error_reports").begin()
