from django.db import models

from sessions_app.models.customers_mail import CustomersMail


class ReceiptMail(CustomersMail):
    """A receipt that a customer has had sent to an address."""

    KIND = "receipt"

    participant = models.ForeignKey("Participant", on_delete=models.CASCADE, related_name="receipt_mails")

    class Meta(CustomersMail.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.participant}: {self.at:%Y-%m-%d %H:%M}"
