from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebAcdConfig(AppConfig):
    name = "webacd"
    verbose_name = _("WebACD")

    def ready(self) -> None:
        from supportcenter.accounts.sign_in import SignIn
        from webacd import receivers, slots  # noqa: F401 - they listen to the sessions, and fill their pages

        # Every page asks whether to draw the way to the inbox.
        SignIn.read_along.append("agent")
