"""What staff keep about a session, and no customer sees: notes, values of tracking fields, how it was closed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models.case_choices import LONGEST_VALUE, ClosingReason, TrackingField
from supportcenter import clock
from supportcenter.text.folded import FoldedField


class StaffNote(models.Model):
    """A note on a session, for those who help in it and for its record."""

    LONGEST = 4000

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="notes")
    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=LONGEST)
    # The press that wrote it, so that a repeat writes nothing (supportcenter/one_press.py).
    press = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name, verbose_name_plural = _("note"), _("notes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["participant", "press"], name="note_is_written_once")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.text[:40]}"


class TrackingValue(models.Model):
    """What a session has in one of its tracking fields; one that is empty has no row."""

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="tracking")
    field = models.ForeignKey(TrackingField, on_delete=models.PROTECT, related_name="values")
    value = models.CharField(max_length=LONGEST_VALUE)
    # Reports look for it.
    folded_value = FoldedField("value")

    class Meta:
        verbose_name, verbose_name_plural = _("tracking value"), _("tracking values")
        ordering = ["field__order", "field_id"]
        constraints = [models.UniqueConstraint(fields=["session", "field"], name="one_value_a_tracking_field")]
        indexes = [models.Index(fields=["folded_value"], name="sessions_by_tracking")]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"

    @property
    def link(self) -> str:
        return self.field.link_of(self.value)


class SessionClosing(models.Model):
    """The form that the last primary fills in after the end. It is there if the site or the queue asks for it.

    Whether it is required is decided when the session ends.
    """

    session = models.OneToOneField("SupportSession", on_delete=models.CASCADE, related_name="closing")
    # Of whom it is asked; any CSR of the session may answer.
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_required = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("Participant", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.ForeignKey(ClosingReason, null=True, on_delete=models.PROTECT, related_name="closings")

    class Meta:
        verbose_name, verbose_name_plural = _("closing form"), _("closing forms")
        indexes = [
            # Home: which of one's sessions still wait for it.
            models.Index(
                fields=["user", "-asked_at"],
                condition=Q(closed_at__isnull=True, is_required=True),
                name="closings_that_wait",
            )
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_awaited(self) -> bool:
        return self.is_required and not self.is_closed

    def mark_closed(self, by: models.Model, reason: ClosingReason | None) -> None:
        self.closed_at, self.reason = clock.now(), reason
        self.closed_by_id = by.pk
        self.save(update_fields=["closed_at", "closed_by", "reason"])
