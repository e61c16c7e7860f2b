"""Send an invitation by the site's email, and tell what the mail server's reply means."""

import re
import smtplib
from email.utils import formataddr, parseaddr

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from invitations.mail.messages import Wording, body, html, subject, wording_of
from invitations.models import Invitation
from supportcenter import metrics
from supportcenter.text.addresses import deliverable, to_ascii

Failure = Invitation.Failure
# "5.1.1 no such user": the enhanced code of a wrong address.
NO_SUCH_ADDRESS = re.compile(r"\b5\.1\.\d")


class Undeliverable(Exception):  # noqa: N818 - a reply of the mail server
    """The mail server has refused for good: another attempt would be refused as well."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        self.failure, self.detail = failure, detail
        super().__init__(detail)


def send(invitation: Invitation) -> None:
    """Hand the invitation to the mail server.

    Raises Undeliverable if that is final; after any other exception another attempt may succeed.
    """
    try:
        with metrics.outcome_of("mail"):
            message_for(invitation).send()
    except (smtplib.SMTPException, AnymailAPIError, AnymailRecipientsRefused, AnymailInvalidAddress) as problem:
        failure, detail = why(problem)
        if failure in {Failure.BAD_ADDRESS, Failure.REFUSED}:
            raise Undeliverable(failure, detail) from problem
        raise


def message_for(invitation: Invitation) -> EmailMultiAlternatives:
    """Text and HTML in the recipient's language. All attempts share a Message-ID, so that duplicates are dropped."""
    inviter = invitation.invited_by.user
    words, reply_to = wording_of(invitation), deliverable(inviter.email) if inviter else ""
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
    message.attach_alternative(html(words), "text/html")
    return message


def why(problem: Exception) -> tuple[Failure, str]:
    """What the exception of an attempt means: a Failure, and the mail server's own words."""
    code, detail = _reply(problem)
    if isinstance(problem, AnymailInvalidAddress) or (code and code >= 500 and NO_SUCH_ADDRESS.search(detail)):
        return Failure.BAD_ADDRESS, detail
    if isinstance(problem, AnymailRecipientsRefused) or _is_final(problem, code):
        return Failure.REFUSED, detail
    if isinstance(problem, (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)) or code is None:
        return Failure.UNREACHABLE, detail
    return Failure.NOT_NOW, detail


def _is_final(problem: Exception, code: int | None) -> bool:
    if isinstance(problem, AnymailAPIError):
        return code is not None and 400 <= code < 500 and code not in {401, 403, 408, 429}
    # A refused sign-in or a missing feature of the server is the site's fault, which its admin can still correct.
    ours = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
    return code is not None and code >= 500 and not isinstance(problem, ours)


def _reply(problem: Exception) -> tuple[int | None, str]:
    """The mail server's code and words, as far as the exception has them."""
    code: int | None
    text: str | bytes
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, text = problem.smtp_code, problem.smtp_error
    else:
        code, text = getattr(problem, "status_code", None), str(problem)
    text = text.decode(errors="replace") if isinstance(text, bytes) else text
    return code, " ".join(text.split())


def _sender(words: Wording) -> str:
    """The CSR's name with the site's address, from which the mail server may send."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((f"{words.inviter} ({words.organisation or name or words.site_name})", address))


def _mail_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
