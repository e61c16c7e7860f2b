from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "supportcenter.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from supportcenter.mail import provider_events  # noqa: F401 - connects it
