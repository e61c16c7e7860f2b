"""Tests of mail, each to the own address of the admin who asks for it."""

from django.conf import settings
from django.db import transaction
from limits import RateLimitItemPerHour

from supportcenter.accounts.errors import NoAddress, NoMail, NotAnAdministrator, TooManyTests
from supportcenter.accounts.models import User
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.setup import may_set_up
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post_again
from supportcenter.refusals import require
from supportcenter.text.addresses import deliverable

# Of the site's mail as such, in the outbox; it is about the account.
MAIL_TEST = "mail_test"
# Of one admin, of whatever kind.
TESTS = RateLimitItemPerHour(20, namespace="mail_tests")


@transaction.atomic
def send_mail_test(*, by: User) -> None:
    """See whether mail leaves the site. Raises NotAnAdministrator, NoMail, NoAddress, TooManyTests."""
    require(may_set_up(by), NotAnAdministrator)
    require(settings.MAIL_IS_SET_UP, NoMail)
    require(bool(deliverable(by.email)), NoAddress)
    post_test(MAIL_TEST, by.pk, to=by)


def post_test(kind: str, subject: int, *, to: User) -> Delivery:
    """Have the outbox send a message of this kind to the account's own address, and no other. Raises TooManyTests."""
    require(rate_limiter().hit(TESTS, str(to.pk)), TooManyTests)
    return post_again(kind, subject, user=to.pk)
