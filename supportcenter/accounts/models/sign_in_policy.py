from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.counts import count


class SignInPolicy(models.Model):
    """Of the site policy, how long people stay signed in (E71); 0 means for ever."""

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
