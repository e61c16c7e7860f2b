"""The first admin, mail to people with an account, and sign-ins and files of people that are over.

The link for a new password is made when it is sent, so that no row keeps it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.accounts.account_mail import factor_message, link_message, reset_message, test_message
from supportcenter.accounts.actions.activity import apply_limits
from supportcenter.accounts.actions.factors import FACTOR_NEWS
from supportcenter.accounts.actions.import_people import MAIL_LINKS, delete_old_people_files
from supportcenter.accounts.actions.mail_tests import MAIL_TEST
from supportcenter.accounts.actions.make_admin import make_first_admin
from supportcenter.accounts.actions.over import delete_sign_ins_that_are_over
from supportcenter.accounts.actions.people import CHOOSE
from supportcenter.accounts.actions.pushing import PUSH_TO_DEVICE
from supportcenter.accounts.actions.pushing import send as send_push
from supportcenter.accounts.models import User
from supportcenter.accounts.people import accounts_at
from supportcenter.accounts.sign_in_receivers import APPLY_LIMITS
from supportcenter.accounts.sign_on.sign_ins import is_of_a_provider
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.jobs.workers.startup import on_startup
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post_once
from supportcenter.mail.owners import composer

RESET = "password_reset"
# After that the person has asked again, or has given up.
KEEP_TRYING = timedelta(hours=1)
# Of one address. More share none in life, and each is a message.
MOST_ACCOUNTS = 10


@handler(
    "accounts.reset_password", slow=True, outward=True, words=_("Find the accounts of an address, to reset a password")
)
def find_accounts(address: str, language: str, asked_at: str) -> None:
    """Look for the accounts of an address that a stranger typed; each gets a message of its own."""
    for user in accounts_at(address).filter(is_active=True)[:MOST_ACCOUNTS]:
        mail_reset_link(user.pk, language, asked_at)


@handler("accounts.mail_reset_link", slow=True, outward=True, words=_("Send a link to reset a password"))
def mail_reset_link(user: int, language: str, asked_at: str) -> None:
    """As a job it is one of an earlier release, which sent the message itself."""
    asked = datetime.fromisoformat(asked_at)
    left = asked + KEEP_TRYING - clock.now()
    if left > timedelta(0):
        post_once(RESET, user, sending=int(asked.timestamp()), keep_trying=left, language=language)


@composer(RESET, words=_("Link to reset a password"))
def compose_reset(delivery: Delivery) -> EmailMessage | None:
    account = User.objects.filter(pk=delivery.subject, is_active=True).first()
    has_password = account and settings.PASSWORD_SIGN_IN and not is_of_a_provider(account)
    return reset_message(account, str(delivery.facts["language"])) if account and has_password else None


@handler(MAIL_LINKS, slow=True, outward=True, words=_("Send links to choose a password, after an import"))
def mail_links(people: list[int]) -> None:
    """An account has been added just now, so this is the first message of its kind; a repeat sends none."""
    for user in people:
        post_once(CHOOSE, user, sending=1)


@composer(CHOOSE, words=_("Link to choose a password"))
def compose_link(delivery: Delivery) -> EmailMessage | None:
    account = User.objects.filter(pk=delivery.subject, is_active=True).first()
    return link_message(account) if account else None


@composer(FACTOR_NEWS, words=_("News of a second factor"))
def compose_factor_news(delivery: Delivery) -> EmailMessage | None:
    account = User.objects.filter(pk=delivery.subject, is_active=True).first()
    return factor_message(account, **delivery.facts, at=delivery.created_at) if account else None


@composer(MAIL_TEST, words=_("Test of the site’s mail"))
def compose_test(delivery: Delivery) -> EmailMessage | None:
    admin = User.objects.filter(pk=delivery.subject, is_active=True).first()
    return test_message(admin) if admin else None


@handler(PUSH_TO_DEVICE, slow=True, outward=True, urgent=True, words=_("Push a notification to a device"))
def push_to_device(device: int, what: str, subject: int, until: str, attempt: int) -> None:
    send_push(device, what, subject, until=datetime.fromisoformat(until), attempt=attempt)


@handler("accounts.clear_sign_ins", every=timedelta(hours=1))
def clear_sign_ins() -> None:
    delete_sign_ins_that_are_over(clock.now())
    delete_old_people_files()


@handler(APPLY_LIMITS, slow=True, words=_("Apply new limits to the sign-ins that there are"))
def apply_sign_in_limits(above: int) -> None:
    """Some at a time, in the order of their keys; what is left is another job's."""
    last = apply_limits(above)
    if last:
        run_later(APPLY_LIMITS, above=last)


on_startup(make_first_admin)
