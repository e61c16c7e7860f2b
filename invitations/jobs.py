from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from invitations.actions.deliver import forget_replies, note_delivery, wanted
from invitations.actions.invite import KIND
from invitations.actions.send_test import TRIAL
from invitations.mail.sending import message_for
from invitations.mail.trial import trial_message
from invitations.models import Invitation, InvitationWording
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.jobs.workers.runner import handler
from supportcenter.mail.jobs import send
from supportcenter.mail.models import Delivery
from supportcenter.mail.owners import composer, on_change

on_change(KIND)(note_delivery)


@composer(KIND, words=_("Invitation"))
def compose(delivery: Delivery) -> EmailMessage | None:
    """Nothing is sent after a revocation, after the end of the session, or to an address that was corrected since."""
    invitation = wanted(delivery)
    with SitePolicy.read_once():
        return message_for(invitation) if invitation and invitation.email and invitation.is_usable else None


@handler(
    "invitations.forget_replies",
    every=timedelta(hours=1),
    words=_("Forget what mail servers said about erased addresses"),
)
def look_for_erased() -> None:
    forget_replies()


@handler("invitations.deliver", slow=True, outward=True, words=_("Send an invitation"))
def deliver(invitation: int, sending: int) -> None:
    """What was waiting to be sent when the site was upgraded: the outbox has it now."""
    found = Invitation.objects.filter(pk=invitation, sendings=sending).first()
    if found and found.delivery_id:
        send(found.delivery_id)


@composer(TRIAL, words=_("Test of an invitation’s wording"))
def compose_trial(delivery: Delivery) -> EmailMessage | None:
    """To the admin who asked for it, as it is saved by then."""
    row = InvitationWording.objects.filter(pk=delivery.subject).first()
    to = User.objects.filter(pk=delivery.facts["user"], is_active=True).first()
    return trial_message(row, to) if row and to else None
