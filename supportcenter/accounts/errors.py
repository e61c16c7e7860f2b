from django.utils.translation import gettext_lazy as _

from supportcenter.refusals.errors import Conflict, Forbidden, TooMany


class NotAnAdministrator(Forbidden):
    code = "not_an_admin"
    message = _("Only administrators can do this.")


class NoMail(Conflict):
    code = "no_mail_server"
    message = _("No mail server is set up on this site.")


class NoAddress(Conflict):
    code = "no_address"
    message = _("Your account has no email address that works. Ask an administrator to enter one.")


class TooManyTests(TooMany):
    code = "too_many_tests"
    message = _("That is as many test messages as you can send in an hour. Try again later.")
