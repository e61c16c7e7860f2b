"""The email that tells a queue's member of a left message."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from supportcenter.accounts.models import User
from supportcenter.text.addresses import to_ascii
from supportcenter.whole_addresses import whole_address
from webacd.models import LeftMessage


def mail_of(message: LeftMessage, member: User) -> EmailMultiAlternatives:
    with translation.override(member.language):
        words = {"message": message, "member": member, "inbox": whole_address("inbox")}
        body = render_to_string("webacd/email/left_message.txt", words)
        html = render_to_string("webacd/email/left_message.html", words)
        subject = render_to_string("webacd/email/left_message_subject.txt", {"message": message})
    mail = EmailMultiAlternatives(
        " ".join(subject.split()),
        body,
        to=[to_ascii(member.email)],
        reply_to=[to_ascii(message.email)],
        headers={"Content-Language": member.language},
    )
    mail.attach_alternative(html, "text/html")
    return mail
