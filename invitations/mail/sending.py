"""The site's own mail: one message, one conversation with the mail server, and what its answer means."""

import re
import smtplib
from email.utils import formataddr, parseaddr

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from invitations.mail.messages import body, subject, wording_of
from invitations.models import Invitation
from supportcenter.text.addresses import deliverable, to_ascii

Failure = Invitation.Failure
# "5.1.1 no such user": the enhanced code of a wrong address.
NO_SUCH_ADDRESS = re.compile(r"\b5\.1\.\d")


class Undeliverable(Exception):  # noqa: N818 - an answer of the mail server's
    """The mail server's no is final: asking again would get the same answer."""

    def __init__(self, failure, detail=""):
        self.failure, self.detail = failure, detail
        super().__init__(detail)


def send(invitation):
    """Hand the invitation to the mail server. Raises Undeliverable for good, any other exception for the time being."""
    try:
        message_for(invitation).send()
    except (smtplib.SMTPException, AnymailAPIError, AnymailRecipientsRefused, AnymailInvalidAddress) as problem:
        failure, detail = why(problem)
        if failure in {Failure.BAD_ADDRESS, Failure.REFUSED}:
            raise Undeliverable(failure, detail) from problem
        raise


def message_for(invitation):
    """Text and HTML in the invitee's language. Attempts share a Message-ID, so that receivers drop doubles."""
    words, reply_to = wording_of(invitation), deliverable(invitation.invited_by.user.email)
    message = EmailMultiAlternatives(
        subject(words),
        body(words),
        from_email=_sender(words),
        to=[to_ascii(invitation.email)],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<invitation-{invitation.pk}-{invitation.sendings}@{_mail_domain()}>",
            "Content-Language": invitation.language,
            # RFC 3834: no out-of-office answers, please.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(_html(words), "text/html")
    return message


def why(problem):
    """What an attempt's exception means: a Failure and the mail server's own words."""
    code, detail = _reply(problem)
    if isinstance(problem, AnymailInvalidAddress) or (code and code >= 500 and NO_SUCH_ADDRESS.search(detail)):
        return Failure.BAD_ADDRESS, detail
    if isinstance(problem, AnymailRecipientsRefused) or _is_final(problem, code):
        return Failure.REFUSED, detail
    if isinstance(problem, (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)) or code is None:
        return Failure.UNREACHABLE, detail
    return Failure.NOT_NOW, detail


def _is_final(problem, code):
    if isinstance(problem, AnymailAPIError):
        return code is not None and 400 <= code < 500 and code not in {401, 403, 408, 429}
    # A refused sign-in or a missing ability of the server is the site's fault, which its admin can mend in time.
    ours = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
    return code is not None and code >= 500 and not isinstance(problem, ours)


def _reply(problem):
    """The mail server's code and words, as far as the exception has them."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, text = problem.smtp_code, problem.smtp_error
    else:
        code, text = getattr(problem, "status_code", None), str(problem)
    text = text.decode(errors="replace") if isinstance(text, bytes) else text
    return code, " ".join(text.split())


def _sender(words):
    """The representative's name with the site's address, which is the one that the mail server may send from."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((f"{words.inviter} ({words.organisation or name or words.site_name})", address))


def _mail_domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _html(words):
    with override(words.language):
        return render_to_string("invitations/email/body.html", {"words": words})
