from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.site_policy import count


class AcdPolicy(models.Model):
    """The admin's settings for distribution, for the whole site: a single row, created when first asked for."""

    rest_seconds = count(_("seconds an agent rests after declining or not answering"), 20, at_least=0, at_most=3600)
    unanswered_until_away = count(_("unanswered offers in a row that make an agent Away"), 3, at_most=100)
    return_seconds = count(_("seconds a waiting customer who dropped keeps the place"), 60, at_most=3600)
    agent_return_seconds = count(
        _("seconds an agent without an open page has to come back"),
        45,
        at_most=3600,
        help_text=_("Nothing new is offered meanwhile; then the agent is Away."),
    )
    transferor_seconds = count(_("seconds a transferor is not offered the own session"), 60, at_least=0, at_most=3600)
    transfer_minutes = count(_("minutes until a transferred session without an agent ends"), 15, at_most=24 * 60)
    entries_per_address = count(
        _("requests for help a minute from one address"),
        30,
        help_text=_("A whole office may stand behind one address."),
    )
    transferred_first = models.BooleanField(_("transferred sessions go before new customers"), default=True)

    class Meta:
        verbose_name = _("distribution policy")
        verbose_name_plural = _("distribution policy")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="acd_policy_is_one_row")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def return_time(self) -> timedelta:
        return timedelta(seconds=self.return_seconds)

    @classmethod
    def current(cls) -> AcdPolicy:
        return cls.objects.filter(pk=1).first() or cls(pk=1)
