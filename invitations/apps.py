from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    name = "invitations"
    verbose_name = _("Invitations")

    def ready(self) -> None:
        from invitations import receivers, slots  # noqa: F401 - connects and fills them
        from supportcenter.accounts.notification_kinds import Kind, register_kinds

        register_kinds(Kind("opened", _("Someone opens an invitation"), 60))
