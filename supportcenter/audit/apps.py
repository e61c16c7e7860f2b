from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "supportcenter.audit"
    label = "audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        from supportcenter.accounts.models import SitePolicy, Team, User
        from supportcenter.audit import admin_log, keeping  # noqa: F401 - they listen
        from supportcenter.audit.watched import watch_changes, watch_relation

        watch_changes(SitePolicy, is_one_row=True)
        watch_changes(Team)
        watch_relation(User, "groups", what="rights_changed")
        watch_relation(User, "user_permissions", what="rights_changed")
        post_migrate.connect(_refuse_changes, sender=self)


def _refuse_changes(**_more: Any) -> None:
    from supportcenter.audit.append_only import make_append_only

    make_append_only()
