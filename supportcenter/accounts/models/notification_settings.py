from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter.accounts.models.user import User
from supportcenter.accounts.quiet_hours import QuietHours
from supportcenter.text.time_zones import known_time_zone

if TYPE_CHECKING:
    from supportcenter.accounts.notification_kinds import Kind


class NotificationSettings(models.Model):
    """Of what a person is told who looks elsewhere, and how; made when they first change it.

    What is off is kept, by the names of kinds, so that kinds that are added later are told.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notification_settings")
    silent = models.JSONField(default=list)
    unshown = models.JSONField(default=list)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    time_zone = models.CharField(max_length=64, blank=True, validators=[known_time_zone])

    class Meta:
        verbose_name = _("notification settings")
        verbose_name_plural = _("notification settings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | (models.Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~models.Q(time_zone="")),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def of(cls, user: User) -> NotificationSettings:
        """Theirs, or the defaults: everything is told, at any hour."""
        return cls.objects.filter(user=user).first() or cls(user=user)

    def may_show(self, kind: Kind, at: datetime) -> bool:
        quiet = self.quiet_hours
        return kind.name not in self.unshown and (kind.at_any_hour or quiet is None or not quiet.include(at))

    @property
    def quiet_hours(self) -> QuietHours | None:
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return QuietHours(self.quiet_from, self.quiet_until, self.time_zone)
