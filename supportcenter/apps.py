from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class SupportCenterConfig(AppConfig):
    name = "supportcenter"
    label = "supportcenter"

    def ready(self) -> None:
        if settings.JOBS_RUNNER == "celery":
            # Makes ours the current Celery application, over which committed jobs wake the workers.
            import_module("supportcenter.celery")
        import_module("supportcenter.embedded_backplane")
