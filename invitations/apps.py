from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    name = "invitations"
    verbose_name = _("Invitations")

    def ready(self) -> None:
        from invitations import receivers, slots  # noqa: F401 - connects and fills them
        from invitations.models import InvitationWording
        from supportcenter.accounts.notification_kinds import Kind, register_kinds
        from supportcenter.audit.watched import watch_changes

        watch_changes(InvitationWording)
        register_kinds(Kind("opened", _("Someone opens an invitation"), 60))
