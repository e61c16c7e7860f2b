"""The test message of a wording, to the admin who asked for it."""

from django.core.mail import EmailMultiAlternatives

from invitations.mail.messages import body, html, subject
from invitations.mail.preview import sample
from invitations.models import InvitationWording
from supportcenter.accounts.models import User
from supportcenter.text.addresses import deliverable


def trial_message(wording: InvitationWording, to: User) -> EmailMultiAlternatives | None:
    """None if no mail can be sent to the account's address."""
    address = deliverable(to.email)
    if not address:
        return None
    words = sample(wording, inviter=to.display_name)
    message = EmailMultiAlternatives(
        subject(words),
        body(words),
        to=[address],
        headers={"Content-Language": words.language},
    )
    message.attach_alternative(html(words), "text/html")
    return message
