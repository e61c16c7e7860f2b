"""Send an admin a test of a wording."""

from invitations.models import InvitationWording
from supportcenter.accounts.actions.mail_tests import post_test
from supportcenter.accounts.models import User

# Of its mail, in the outbox.
TRIAL = "wording_test"


def send_test(wording: InvitationWording, *, to: User) -> None:
    """The outbox sends it, to the account's own address and no other."""
    post_test(TRIAL, wording.pk, to=to)
