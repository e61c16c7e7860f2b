from django.conf import settings
from django.db import models

from supportcenter import clock
from supportcenter.mail.models import State

# What a mail server has taken, and then not delivered.
BAD = {State.BOUNCED, State.REJECTED, State.FAILED}


class CustomersMail(models.Model):
    """A message about a session to an address of its customer; what becomes of it is its delivery's to say."""

    # Empty once the customer's data is erased (E44).
    email = models.EmailField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    at = models.DateTimeField(default=clock.now)
    # None once that note is deleted, long after.
    delivery = models.ForeignKey("mail.Delivery", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        ordering = ["pk"]

    @property
    def state(self) -> str:
        """failed, sent, waiting, or unknown, once its note is deleted: what the customer is told of it."""
        if self.delivery is None:
            return "unknown"
        if self.delivery.sent_at is None:
            return "waiting" if self.delivery.is_pending else "failed"
        return "failed" if self.delivery.state in BAD else "sent"

    @property
    def is_on_its_way(self) -> bool:
        return self.delivery is not None and self.delivery.is_pending
