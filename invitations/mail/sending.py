"""The site's own email that invites to a session."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from invitations.mail.messages import body, html, subject
from invitations.mail.wording import Wording, wording_of
from invitations.models import Invitation
from supportcenter.text.addresses import deliverable, to_ascii


def message_for(invitation: Invitation) -> EmailMultiAlternatives:
    """Text and HTML in the recipient's language. The outbox adds what all mail of the site has."""
    inviter = invitation.invited_by.user
    words, reply_to = wording_of(invitation), deliverable(inviter.email) if inviter else ""
    message = EmailMultiAlternatives(
        subject(words),
        body(words),
        from_email=_sender(words),
        to=[to_ascii(invitation.email)],
        reply_to=[reply_to] if reply_to else None,
        headers={"Content-Language": invitation.language},
    )
    message.attach_alternative(html(words), "text/html")
    return message


def _sender(words: Wording) -> str:
    """The CSR's name with the site's address, from which the mail server may send."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((f"{words.inviter} ({words.organisation or name or words.site_name})", address))
