from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.counts import count


class SignInRules(models.Model):
    """The part of the site policy that says what it takes to sign in and to change what matters (E70).

    And for how long people stay signed in (E71); there 0 means for ever.
    """

    class SecondFactor(models.TextChoices):
        NO_ONE = "no_one", _("no one; anyone may set one up")
        ADMINS = "admins", _("administrators")
        MANAGERS = "managers", _("managers and administrators")
        EVERYONE = "everyone", _("everyone with an account")

    second_factor = models.CharField(
        _("second factor required of"),
        max_length=8,
        choices=SecondFactor.choices,
        default=SecondFactor.NO_ONE,
        help_text=_("A passkey, a security key or an authenticator app, beside the password."),
    )
    second_factor_days = count(
        _("days to set one up"),
        7,
        at_least=0,
        at_most=365,
        help_text=_("Counted for each person from when this first concerns them. 0: at once."),
    )
    step_up_minutes = count(
        _("minutes for which confirming one’s identity counts"),
        15,
        at_most=1440,
        help_text=_("Asked for before settings, people and sign-in are changed, customers erased and reports saved."),
    )

    sign_in_idle_minutes = count(
        _("minutes until an idle person is signed out"),
        20_160,
        at_least=0,
        at_most=576_000,
        help_text=_("Who is in a running session, or available to a queue, is never idle. 20160 is 14 days. 0: never."),
    )
    sign_in_hours = count(
        _("hours until everyone has to sign in again"),
        720,
        at_least=0,
        at_most=9_600,
        help_text=_("Pages say so 15 minutes before. 720 is 30 days. 0: never."),
    )

    class Meta:
        abstract = True
