"""Send an admin a test of a wording."""

from django.utils.crypto import get_random_string
from limits import RateLimitItemPerHour

from invitations.models import InvitationWording
from supportcenter.accounts.models import User
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import TooMany, require

TESTS = RateLimitItemPerHour(20, namespace="wording_tests")


def send_test(wording: InvitationWording, *, to: User) -> None:
    """A job sends it, to the account's own address and no other."""
    require(rate_limiter().hit(TESTS, str(to.pk)), TooMany)
    # The number of this press: all attempts to send it share a Message-ID.
    run_later("invitations.test_wording", wording=wording.pk, user=to.pk, press=get_random_string(12))
