"""Send an admin a test of a wording."""

import secrets

from limits import RateLimitItemPerHour

from invitations.models import InvitationWording
from supportcenter.accounts.models import User
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.mail.outbox import post
from supportcenter.refusals import TooMany, require

# Of its mail, in the outbox.
TRIAL = "wording_test"
TESTS = RateLimitItemPerHour(20, namespace="wording_tests")
# Each press is a message of its own: what numbers a delivery can have.
MOST = 2**31


def send_test(wording: InvitationWording, *, to: User) -> None:
    """The outbox sends it, to the account's own address and no other."""
    require(rate_limiter().hit(TESTS, str(to.pk)), TooMany)
    post(TRIAL, wording.pk, sending=secrets.randbelow(MOST), user=to.pk)
