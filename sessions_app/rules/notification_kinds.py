"""Of what a CSR is told who looks elsewhere. Which event is of which kind: `static/js/notifications/news.js`."""

from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.notification_kinds import Kind, register_kinds

register_kinds(
    Kind("joined", _("A customer joins"), 10),
    Kind("door", _("A customer waits to be let in"), 20),
    Kind("wrote", _("Someone writes in the chat"), 30),
    Kind("answered", _("A customer answers a request"), 40),
    Kind("lost", _("A customer loses the connection"), 50),
    Kind("assistant", _("A colleague joins the session"), 70),
    Kind("asked", _("A colleague asks you to assist"), 80),
)
