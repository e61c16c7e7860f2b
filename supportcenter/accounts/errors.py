from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Forbidden, TooMany


class NotAnAdministrator(Forbidden):
    code = "not_an_admin"
    message = _("Only administrators can do this.")


class TooManyPictures(TooMany):
    code = "too_many_pictures"
    message = _("You have changed your picture too often. Try again in an hour.")
