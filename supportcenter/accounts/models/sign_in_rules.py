from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.counts import count


class SignInRules(models.Model):
    """The part of the site policy that says what it takes to sign in, and to change what matters (E70)."""

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

    class Meta:
        abstract = True
