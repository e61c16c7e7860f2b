from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock


class CsrPageQuerySet(models.QuerySet["CsrPage"]):
    def seen_since(self, moment: datetime) -> CsrPageQuerySet:
        return self.filter(seen_at__gte=moment)


class CsrPage(models.Model):
    """One connection of a page on which a CSR can be reached; seen by heartbeats as long as its process lives."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="pages")
    seen_at = models.DateTimeField(default=clock.now)

    objects = CsrPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("open page of a support representative")
        verbose_name_plural = _("open pages of support representatives")

    def __str__(self) -> str:
        return f"{self.user} ({self.pk})"
