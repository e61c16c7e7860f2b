"""`post("invitation", 7)` has a message sent, in the caller's transaction: it leaves once that has committed."""

import secrets
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction

from supportcenter import clock
from supportcenter.jobs.outbox.later import run_later
from supportcenter.json_types import Json
from supportcenter.mail.models import Delivery

SEND, FORGET = "mail.send", "mail.forget_details"
# What numbers a delivery can have.
MOST_SENDING = 2**31


@transaction.atomic
def post(kind: str, subject: int, *, sending: int = 1, keep_trying: timedelta | None = None, **facts: Json) -> Delivery:
    """Have the composer of `kind` write a message about row `subject`, and hand it over; return its delivery.

    The same `sending` of the same row goes out once: a second one raises IntegrityError. It is given up after
    `keep_trying`, or after the last attempt of a job.
    """
    now = clock.now()
    delivery = Delivery.objects.create(
        kind=kind,
        subject=subject,
        sending=sending,
        facts=facts,
        message_id=f"<{kind.replace('_', '-')}-{subject}-{sending}.{secrets.token_hex(8)}@{mail_domain()}>",
        created_at=now,
        changed_at=now,
        give_up_at=now + keep_trying if keep_trying else None,
    )
    run_later(SEND, delivery=delivery.pk)
    return delivery


def post_again(kind: str, subject: int, **facts: Json) -> Delivery:
    """The same for a press, each of which is a message of its own."""
    return post(kind, subject, sending=secrets.randbelow(MOST_SENDING), **facts)


@transaction.atomic
def post_once(
    kind: str, subject: int, *, sending: int, keep_trying: timedelta | None = None, **facts: Json
) -> Delivery | None:
    """The same for a job, which may run twice; None if it was posted already.

    Both in one transaction, also where the caller has none: a delivery without its job would never be handed over.
    """
    if Delivery.objects.filter(kind=kind, subject=subject, sending=sending).exists():
        return None
    return post(kind, subject, sending=sending, keep_trying=keep_trying, **facts)


def mail_domain() -> str:
    """The domain of the site's own address, with which From and Message-ID agree."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def forget_details(kind: str, subjects: list[int]) -> None:
    """Erase what mail servers said of these rows, which may hold an address; after the caller's transaction.

    Not in it: it may hold the log, for which those wait who have a delivery.
    """
    if subjects:
        run_later(FORGET, of=kind, subjects=[*subjects])
