from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "supportcenter.live"
    label = "live"

    def ready(self) -> None:
        from supportcenter.live.delivery import transport  # noqa: F401 - it listens to the event log
