"""What the reply of a mail server, or the error of an attempt, means. Pure."""

import re
import smtplib
from dataclasses import dataclass

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused

from supportcenter.mail.models import Reason, State

# "5.1.1 no such user": the enhanced code of a wrong address.
NO_SUCH_ADDRESS = re.compile(r"\b5\.1\.\d")
# The site's fault, which its admin can still correct.
OURS = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
# Of a provider's answers: who we are, too slow, too often.
NOT_THE_MESSAGES_FAULT = {401, 403, 408, 409, 429}
# Resend's and Brevo's, for a request whose key they have had: the first attempt did come through.
HAD_BEFORE = "invalid_idempotent_request", "duplicate_request"


@dataclass(frozen=True)
class Reply:
    state: State
    reason: str
    # The server's own words.
    detail: str

    @property
    def is_final(self) -> bool:
        return self.state != State.DEFERRED


def reply_of(problem: Exception) -> Reply:
    """A final no is bounced (no such address) or rejected; everything else is deferred, and is tried again."""
    code, detail = _code_and_words(problem)
    if _is_a_repeat(problem, code):
        return Reply(State.SENT, "", "")
    if isinstance(problem, AnymailInvalidAddress) or (code and code >= 500 and NO_SUCH_ADDRESS.search(detail)):
        return Reply(State.BOUNCED, Reason.BAD_ADDRESS, detail)
    if isinstance(problem, AnymailRecipientsRefused):
        return _refused_recipient(problem, detail)
    if _is_final(problem, code):
        return Reply(State.REJECTED, Reason.REFUSED, detail)
    if isinstance(problem, (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)) or code is None:
        return Reply(State.DEFERRED, Reason.UNREACHABLE, detail)
    return Reply(State.DEFERRED, Reason.NOT_NOW, detail)


def _refused_recipient(problem: AnymailRecipientsRefused, detail: str) -> Reply:
    """A provider took the request, and not the one recipient: the address is wrong, or is on its list of trouble."""
    status = getattr(problem.email_message, "anymail_status", None)
    if status and status.status == {"invalid"}:
        return Reply(State.BOUNCED, Reason.BAD_ADDRESS, detail)
    is_suppressed = status and status.status == {"rejected"}
    return Reply(State.REJECTED, Reason.SUPPRESSED if is_suppressed else Reason.REFUSED, detail)


def _is_a_repeat(problem: Exception, code: int | None) -> bool:
    told = getattr(getattr(problem, "response", None), "text", "")
    return code in {400, 409} and any(word in told for word in HAD_BEFORE)


def _is_final(problem: Exception, code: int | None) -> bool:
    if isinstance(problem, AnymailAPIError):
        return code is not None and 400 <= code < 500 and code not in NOT_THE_MESSAGES_FAULT
    return code is not None and code >= 500 and not isinstance(problem, OURS)


def _code_and_words(problem: Exception) -> tuple[int | None, str]:
    code: int | None
    text: str | bytes
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, text = problem.smtp_code, problem.smtp_error
    elif isinstance(problem, AnymailError):
        code, text = getattr(problem, "status_code", None), _providers_words(problem)
    else:
        code, text = None, str(problem)
    text = text.decode(errors="replace") if isinstance(text, bytes) else text
    return code, " ".join(text.split())


def _providers_words(problem: AnymailError) -> str:
    """The sentence in a provider's answer. anymail's own text goes on with who wrote to whom."""
    try:
        told = problem.response.json()
    except (AttributeError, ValueError):
        return str(problem.args[0]) if problem.args else ""
    names = ("message", "Message", "ErrorMessage", "error", "detail")
    return next((str(told[name]) for name in names if isinstance(told, dict) and told.get(name)), "")
