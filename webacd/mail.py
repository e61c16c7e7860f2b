"""The email that tells a queue's member of a left message."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from supportcenter.accounts.models import User
from supportcenter.text.addresses import to_ascii
from supportcenter.whole_addresses import whole_address
from webacd.models import LeftMessage


def mail_of(message: LeftMessage, member: User) -> EmailMessage:
    with translation.override(member.language):
        body = render_to_string(
            "webacd/email/left_message.txt", {"message": message, "member": member, "inbox": whole_address("inbox")}
        )
        subject = render_to_string("webacd/email/left_message_subject.txt", {"message": message})
    return EmailMessage(
        " ".join(subject.split()),
        body,
        to=[to_ascii(member.email)],
        reply_to=[to_ascii(message.email)],
        headers={"Content-Language": member.language},
    )
