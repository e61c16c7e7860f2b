"""The mailed receipt.

It holds nothing that its customer has typed, neither their name nor files' names nor their own words: an address that
they enter may be a stranger's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from supportcenter.text.addresses import to_ascii

if TYPE_CHECKING:
    from sessions_app.models import ReceiptMail
    from sessions_app.queries.receipt import Receipt


def message_of(mail: ReceiptMail, receipt: Receipt) -> EmailMultiAlternatives:
    """In the active language, which is the customer's."""
    words = {"receipt": receipt, "me": receipt.me, "session": receipt.session, "policy": receipt.policy}
    message = EmailMultiAlternatives(
        " ".join(render_to_string("sessions_app/email/receipt_subject.txt", words).split()),
        render_to_string("sessions_app/email/receipt.txt", words).strip(),
        to=[to_ascii(mail.email)],
        headers={"Content-Language": mail.language},
    )
    message.attach_alternative(render_to_string("sessions_app/email/receipt.html", words), "text/html")
    return message
