from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.accounts.models.user import User

# Characters; those of the push services are 150 to 700.
LONGEST_ENDPOINT = 1000


class PushSubscription(models.Model):
    """A browser that takes what is pushed to a person. It ends with the sign-in in which it was made (E65).

    Where to send, and the keys with which only that browser can read it, are the browser's own.
    """

    class Fault(models.TextChoices):
        """Why the last message was not taken; empty if it was."""

        AWAY = "away", _("the push service did not answer")
        REFUSED = "refused", _("the push service refused it")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="push_subscriptions")
    # Without a constraint of the database: whatever deletes sign-ins there need not know of it.
    sign_in = models.ForeignKey(Session, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, unique=True)
    p256dh = models.CharField(max_length=87)
    auth = models.CharField(max_length=22)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField(default=clock.now)
    last_ok_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    fault_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("push subscription")
        verbose_name_plural = _("push subscriptions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} of {self.user_id}"

    @property
    def place(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}
