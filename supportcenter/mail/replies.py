"""What the reply of a mail server, or the error of an attempt, means. Pure."""

import re
import smtplib
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused

from supportcenter.mail.models import Reason, State

# "5.1.1 no such user": the enhanced code of a wrong address (RFC 3463); .7 and .8 are about the sender's.
NO_SUCH_ADDRESS = re.compile(r"(?<![\d.])5\.1\.(?:[0-6]|10)(?![\d.])")
# The site's fault, which its admin can still correct: who we are, whom we may write as, and what was not set up.
OURS = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
)
# "Sign in first", "encrypt first" (RFC 4954), and enhanced codes of the same; a server that relays nothing for us.
NOT_SET_UP = {530, 534, 535, 538}
OUR_SETUP = re.compile(r"(?<![\d.])5\.7\.0(?![\d.])|\brelay(?:ing)?\b", re.IGNORECASE)
# Of a provider's answers: not paid, no such account or domain there, who we are, too slow, too often.
NOT_THE_MESSAGES_FAULT = {401, 402, 403, 404, 405, 408, 409, 429}
# Resend's `name` and Brevo's `code`, for a request whose key they have had. For the same key Resend answers as before,
# unless the contents differ; one that is still being worked on is a 409 by another name.
HAD_BEFORE = {("name", 409, "invalid_idempotent_request"), ("code", 400, "duplicate_parameter")}


@dataclass(frozen=True)
class Reply:
    state: State
    reason: str
    # The server's own words.
    detail: str
    # No answer, or a provider's own fault: nobody knows whether it has the message.
    may_be_taken: bool = False
    # It has had the key of this request in an earlier one.
    knows_key: bool = False

    @property
    def is_final(self) -> bool:
        return self.state != State.DEFERRED


def reply_of(problem: Exception) -> Reply:
    """A final no is bounced (no such address) or rejected; everything else is deferred, and is tried again."""
    code, detail = _code_and_words(problem)
    if _is_a_repeat(problem, code):
        return Reply(State.DEFERRED, Reason.NOT_NOW, detail, knows_key=True)
    if isinstance(problem, AnymailInvalidAddress) or _knows_no_such_address(problem, code, detail):
        return Reply(State.BOUNCED, Reason.BAD_ADDRESS, detail)
    if isinstance(problem, AnymailRecipientsRefused):
        return _refused_recipient(problem, detail)
    if _is_final(problem, code, detail):
        return Reply(State.REJECTED, Reason.REFUSED, detail)
    if isinstance(problem, (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)) or code is None:
        return Reply(State.DEFERRED, Reason.UNREACHABLE, detail, may_be_taken=True)
    is_its_fault = isinstance(problem, AnymailAPIError) and code >= 500
    return Reply(State.DEFERRED, Reason.NOT_NOW, detail, may_be_taken=is_its_fault)


def _refused_recipient(problem: AnymailRecipientsRefused, detail: str) -> Reply:
    """A provider took the request, and not the one recipient: the address is wrong, or is on its list of trouble."""
    status = getattr(problem.email_message, "anymail_status", None)
    if status and status.status == {"invalid"}:
        return Reply(State.BOUNCED, Reason.BAD_ADDRESS, detail)
    is_suppressed = status and status.status == {"rejected"}
    return Reply(State.REJECTED, Reason.SUPPRESSED if is_suppressed else Reason.REFUSED, detail)


def _is_a_repeat(problem: Exception, code: int | None) -> bool:
    told = _answer(problem) or {}
    return any(code == status and told.get(field) == word for field, status, word in HAD_BEFORE)


def _knows_no_such_address(problem: Exception, code: int | None, detail: str) -> bool:
    return bool(code and code >= 500 and NO_SUCH_ADDRESS.search(detail)) and not isinstance(problem, OURS)


def _is_final(problem: Exception, code: int | None, detail: str) -> bool:
    if code is None:
        return False
    if isinstance(problem, AnymailAPIError):
        return 400 <= code < 500 and code not in NOT_THE_MESSAGES_FAULT
    is_ours = isinstance(problem, OURS) or code in NOT_SET_UP or OUR_SETUP.search(detail)
    return code >= 500 and not is_ours


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
    told = _answer(problem)
    if told is None:
        return str(problem.args[0]) if problem.args else ""
    names = ("message", "Message", "ErrorMessage", "error", "detail")
    return next((str(told[name]) for name in names if told.get(name)), "")


def _answer(problem: Any) -> dict[str, Any] | None:
    """What a provider's answer says: nothing if it is no JSON object, None if it is no JSON at all."""
    try:
        told = problem.response.json()
    except (AttributeError, ValueError):
        return None
    return told if isinstance(told, dict) else {}
