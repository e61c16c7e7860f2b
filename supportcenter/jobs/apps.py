from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "supportcenter.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Each app's jobs.py registers its handlers.
        autodiscover_modules("jobs")
