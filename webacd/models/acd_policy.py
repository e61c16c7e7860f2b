from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.counts import count


class AcdPolicy(models.Model):
    """The admin's settings for distribution, for the whole site: a single row, created when first asked for."""

    rest_seconds = count(_("seconds an agent rests after declining or not answering"), 20, at_least=0, at_most=3600)
    unanswered_until_away = count(_("unanswered offers in a row before an agent becomes Away"), 3, at_most=100)
    return_seconds = count(_("seconds a waiting customer who lost the connection keeps their place"), 60, at_most=3600)
    agent_return_seconds = count(
        _("seconds an agent without an open page has to come back"),
        45,
        at_most=3600,
        help_text=_("The agent gets no new offers during this time and then becomes Away."),
    )
    transferor_seconds = count(
        _("seconds before a transferred session is offered to the agent who transferred it"),
        60,
        at_least=0,
        at_most=3600,
    )
    transfer_minutes = count(_("minutes until a transferred session without an agent ends"), 15, at_most=24 * 60)
    entries_per_address = count(
        _("requests for help per minute from one address"),
        30,
        help_text=_("An entire office may share one address."),
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

    @property
    def transfer_time(self) -> timedelta:
        return timedelta(minutes=self.transfer_minutes)

    @classmethod
    def current(cls) -> AcdPolicy:
        return cls.objects.filter(pk=1).first() or cls(pk=1)
