from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "supportcenter.accounts"
    label = "accounts"
    verbose_name = _("People and policy")

    def ready(self) -> None:
        from supportcenter.accounts import receivers, sign_in_log, team_receivers  # noqa: F401 - connects them
