from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Forbidden


class NotAnAdministrator(Forbidden):
    code = "not_an_admin"
    message = _("Only administrators can do this.")
