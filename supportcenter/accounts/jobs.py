"""The first admin, mail about passwords, and sign-ins that are over.

The link for a new password is made when it is sent, so that no row keeps it.
"""

import logging
import smtplib
from datetime import datetime, timedelta

from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused
from django.utils.translation import gettext_lazy as _

from supportcenter import clock, metrics
from supportcenter.accounts.actions.make_admin import make_first_admin
from supportcenter.accounts.actions.over import delete_sign_ins_that_are_over
from supportcenter.accounts.models import User
from supportcenter.accounts.password_mail import accounts_at, reset_message
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.jobs.workers.startup import on_startup

logger = logging.getLogger(__name__)

# After that the person has asked again, or has given up.
KEEP_TRYING = timedelta(hours=1)
# Of one address. More share none in life, and each is a message.
MOST_ACCOUNTS = 10


@handler(
    "accounts.reset_password", slow=True, outward=True, words=_("Find the accounts of an address, to reset a password")
)
def find_accounts(address: str, language: str, asked_at: str) -> None:
    """Look for the accounts of an address that a stranger typed; a message to each is a job of its own."""
    if not _is_too_late(asked_at):
        for user in accounts_at(address)[:MOST_ACCOUNTS]:
            run_later("accounts.mail_reset_link", user=user.pk, language=language, asked_at=asked_at)


@handler("accounts.mail_reset_link", slow=True, outward=True, words=_("Send a link to reset a password"))
def mail_reset_link(user: int, language: str, asked_at: str) -> None:
    """Raise if the mail server is away, so that the runner tries again; for an hour."""
    account = User.objects.filter(pk=user, is_active=True).first()
    message = reset_message(account, language) if account else None
    if message is None or _is_too_late(asked_at):
        return
    try:
        with metrics.outcome_of("mail"):
            message.send()
    except (smtplib.SMTPRecipientsRefused, AnymailRecipientsRefused, AnymailInvalidAddress) as refusal:
        if not _is_final(refusal):
            raise
        logger.warning("The mail server refuses the address of account %s", user)


@handler("accounts.clear_sign_ins", every=timedelta(hours=1))
def clear_sign_ins() -> None:
    delete_sign_ins_that_are_over(clock.now())


on_startup(make_first_admin)


def _is_final(refusal: Exception) -> bool:
    replies = refusal.recipients.values() if isinstance(refusal, smtplib.SMTPRecipientsRefused) else []
    return all(code >= 500 for code, _ in replies)


def _is_too_late(asked_at: str) -> bool:
    return clock.now() - datetime.fromisoformat(asked_at) > KEEP_TRYING
