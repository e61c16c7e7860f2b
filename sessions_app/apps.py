from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsAppConfig(AppConfig):
    name = "sessions_app"
    verbose_name = _("Support sessions")

    def ready(self) -> None:
        from sessions_app import receivers, slots  # noqa: F401 - connects and fills them
