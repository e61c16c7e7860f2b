from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supportcenter import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> ConsentQuerySet:
        """Permissions to do everything in this session, as long as they have not been withdrawn (E15)."""
        return self.filter(answer=Consent.Answer.STANDING, withdrawn_at=None)


class Consent(models.Model):
    """A customer's answer to a request (E36), or their standing permission for one CSR in this session (E15)."""

    class Answer(models.TextChoices):
        ALLOWED = "allowed", _("allowed")
        DECLINED = "declined", _("declined")
        UNANSWERED = "unanswered", _("not answered")
        STANDING = "standing", _("allowed for this session")

    class Reason(models.TextChoices):
        """Why somebody declines, by one press: each reader has it in their own language."""

        NOT_NOW = "not_now", _("Not right now")
        PRIVATE = "private", _("It is private")
        UNSURE = "unsure", _("I don’t know what it is for")

    LONGEST_REASON = 120

    session = models.ForeignKey("SupportSession", on_delete=models.CASCADE, related_name="consents")
    customer = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="consents_given")
    csr = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="consents_received")
    # None for a standing permission, which covers every kind.
    activity = models.ForeignKey("Activity", null=True, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    # Of a no, if the customer gives one: a `Reason`, or their own words.
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "csr"],
                condition=Q(answer="standing", withdrawn_at__isnull=True),
                name="one_standing_permission_a_csr",
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer}: {self.answer}"

    @property
    def reason_offered(self) -> StrOrPromise:
        """The reason, if it is one of those that are offered."""
        return dict(self.Reason.choices).get(self.reason, "")

    def mark_withdrawn(self) -> None:
        self.withdrawn_at = clock.now()
        self.save(update_fields=["withdrawn_at"])
