from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "supportcenter.accounts"
    label = "accounts"
    verbose_name = _("People and policy")

    def ready(self) -> None:
        # They connect themselves.
        from supportcenter.accounts import (  # noqa: F401
            factor_log,
            receivers,
            sign_in_log,
            sign_in_receivers,
            team_receivers,
        )
        from supportcenter.accounts.sign_on import teams  # noqa: F401
