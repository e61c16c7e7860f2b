from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from sessions_app.models.customers_mail import CustomersMail


class TranscriptMail(CustomersMail):
    """The conversation of a customer, sent to a confirmed address of theirs or by a representative (E67)."""

    KIND = "transcript"

    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="transcript_mails")
    # The representative; None if the customer had it sent.
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(CustomersMail.Meta):
        abstract = False
        indexes = [
            # How fast a representative sends them.
            models.Index(
                fields=["sent_by", "at"], condition=models.Q(sent_by__isnull=False), name="transcripts_of_a_sender"
            )
        ]

    @property
    def state_words(self) -> str:
        """What staff read of it: the states of all mail."""
        return self.delivery.get_state_display() if self.delivery else gettext("no longer known")

    def __str__(self) -> str:
        return f"{self.participant}: {self.at:%Y-%m-%d %H:%M}"
