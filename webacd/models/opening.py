from __future__ import annotations

from datetime import time
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

# In minutes.
DAY = 24 * 60
WEEK = 7 * DAY
LAST_MINUTE = time(23, 59)


class OpeningSpan(NamedTuple):
    """Of a week day, Monday being 0, in the queue's time zone.

    One that closes no later than it opens ends the next day.
    """

    weekday: int
    opens: time
    closes: time

    @property
    def begins(self) -> int:
        """Minutes since the week began."""
        return self.weekday * DAY + self.opens.hour * 60 + self.opens.minute

    @property
    def _minutes(self) -> int:
        """How many it lasts; to 23:59, to the end of the day."""
        if self.closes >= LAST_MINUTE:
            return DAY - self.opens.hour * 60 - self.opens.minute
        return (self.closes.hour * 60 + self.closes.minute - self.begins) % DAY or DAY

    def runs_into(self, after: OpeningSpan) -> bool:
        """Whether this one is not over when `after`, the next one of the week, begins."""
        return (after.begins - self.begins) % WEEK < self._minutes


class OpeningHours(models.Model):
    """One span of a week day, in the queue's time zone. A queue without any is always open."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    queue = models.ForeignKey("Queue", on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(
        _("closes"),
        help_text=_(
            "A time that is not later than the opening time means the next day. 23:59 means the end of the day."
        ),
    )

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day on which the queue stays closed."""

    queue = models.ForeignKey("Queue", on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["queue", "date"], name="one_holiday_a_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
