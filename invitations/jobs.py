from django.utils.translation import gettext_lazy as _

from invitations.actions.deliver import begin_delivery, confirm_delivery, fail_delivery, is_last_attempt
from invitations.mail.sending import Undeliverable, send, why
from invitations.mail.trial import trial_message
from invitations.models import InvitationWording
from supportcenter.accounts.models import User
from supportcenter.jobs.workers.runner import handler


@handler("invitations.deliver", slow=True, outward=True, words=_("Send an invitation"))
def deliver(invitation: int, sending: int) -> None:
    """Send an invitation once. Unless the refusal is final, raise, so that the runner tries again later (E39)."""
    due = begin_delivery(invitation, sending)
    if due is None:
        return
    try:
        send(due)
    except Undeliverable as refusal:
        fail_delivery(invitation, sending, failure=refusal.failure, detail=refusal.detail)
    except Exception as problem:
        if is_last_attempt(due):
            failure, detail = why(problem)
            fail_delivery(invitation, sending, failure=failure, detail=detail)
        raise
    else:
        confirm_delivery(invitation, sending)


@handler("invitations.test_wording", slow=True, outward=True, words=_("Send a test of an invitation’s wording"))
def test_wording(wording: int, user: int, press: str) -> None:
    """To the admin who asked for it, as it is saved by then."""
    row, to = InvitationWording.objects.filter(pk=wording).first(), User.objects.filter(pk=user).first()
    message = trial_message(row, to, press) if row and to else None
    if message:
        message.send()
