"""The mailed conversation: a short message, and what was said as a text file beside it.

Subject and message hold nothing that a customer has typed; the file does, and goes only to an address that is
confirmed, or that a representative answers for (actions/transcripts.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from supportcenter.text.addresses import deliverable, to_ascii

if TYPE_CHECKING:
    from sessions_app.models import TranscriptMail
    from sessions_app.queries.receipt import Receipt

# Mail servers refuse what is large, and a chat is rarely longer than a tenth of it.
MOST_BYTES = 256 * 1024


def message_of(mail: TranscriptMail, receipt: Receipt, text: str, *, is_cut: bool) -> EmailMultiAlternatives:
    """In the active language, which is the customer's; `is_cut` says that `text` is the end of a longer one."""
    reply_to = deliverable(mail.sent_by.email) if mail.sent_by else ""
    words = {
        "receipt": receipt,
        "me": receipt.me,
        "session": receipt.session,
        "policy": receipt.policy,
        "is_cut": is_cut,
        "is_sent_by_csr": mail.sent_by_id is not None,
        "may_answer": bool(reply_to),
    }
    message = EmailMultiAlternatives(
        " ".join(render_to_string("sessions_app/email/transcript_subject.txt", words).split()),
        render_to_string("sessions_app/email/transcript.txt", words).strip(),
        to=[to_ascii(mail.email)],
        reply_to=[reply_to] if reply_to else None,
        headers={"Content-Language": mail.language},
    )
    message.attach_alternative(render_to_string("sessions_app/email/transcript.html", words), "text/html")
    head = render_to_string("sessions_app/ended/conversation_head.txt", words)
    message.attach(file_name(receipt), f"{head}{text}", "text/plain")
    return message


def file_name(receipt: Receipt) -> str:
    return f"conversation-{receipt.session.number}.txt" if receipt.me.knows_number else "conversation.txt"
