"""The email that tells a queue's members of a left message; its Message-ID makes a duplicate recognisable."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from supportcenter.accounts.models import User
from supportcenter.text.addresses import ascii_mailbox, to_ascii
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
        headers={
            "Message-ID": f"<left-message-{message.pk}-{member.pk}@{_domain()}>",
            "Content-Language": member.language,
            # RFC 3834: no out-of-office answers, please.
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _domain() -> str:
    return ascii_mailbox(f"site@{settings.SITE.hostname}").rpartition("@")[2]
