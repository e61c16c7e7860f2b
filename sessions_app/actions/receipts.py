"""A customer has their receipt sent to an address of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from sessions_app.errors import MailIsOff, NotInSession, ReceiptTooEarly, TooManyReceipts
from sessions_app.models import Participant, ReceiptMail
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import forget_details, post
from supportcenter.refusals import require

# Of one customer, and of all customers of a session, who may leave and come back: nobody is to be flooded with them.
MOST_A_CUSTOMER, MOST_A_SESSION = 3, 20


@transaction.atomic
def mail_receipt(customer: Participant, *, email: str, language: str) -> ReceiptMail:
    """Have the receipt sent to this address, in this language. Again while it is on its way there changes nothing.

    Raises MailIsOff, NotInSession once the customer's data is erased, ReceiptTooEarly while they are still in the
    session, TooManyReceipts.
    """
    require(settings.MAIL_IS_SET_UP, MailIsOff)
    session = customer.session.locked()
    customer.refresh_from_db(fields=["name", "left_at"])
    require(not customer.is_erased, NotInSession)
    require(not (session.is_open and customer.is_present), ReceiptTooEarly)
    sent = mails_of(customer)
    for row in sent:
        if row.email == email and row.delivery and row.delivery.is_pending:
            return row
    require(len(sent) < MOST_A_CUSTOMER, TooManyReceipts)
    require(ReceiptMail.objects.filter(participant__session=session).count() < MOST_A_SESSION, TooManyReceipts)
    row = ReceiptMail.objects.create(participant=customer, email=email, language=language)
    row.delivery = post(ReceiptMail.KIND, row.pk)
    row.save(update_fields=["delivery"])
    return row


def mails_of(customer: Participant) -> list[ReceiptMail]:
    """Each with what has become of it."""
    return list(customer.receipt_mails.select_related("delivery")[: MOST_A_CUSTOMER + 1])


def forget_reply(delivery: Delivery) -> None:
    """What a mail server says may hold the address, which is the customer's: nobody here needs it."""
    if delivery.detail:
        Delivery.objects.filter(pk=delivery.pk).update(detail="")


def erase_receipts(customer: Participant) -> None:
    """The addresses, and what is still on its way is not sent (E44)."""
    mails = customer.receipt_mails.all()
    forget_details(ReceiptMail.KIND, [*mails.values_list("pk", flat=True)])
    mails.update(email="")
