"""What the reply of a mail server, or the error of an attempt, means. Pure."""

import re
import smtplib
from dataclasses import dataclass

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused

from supportcenter.mail.models import Reason, State

# "5.1.1 no such user": the enhanced code of a wrong address.
NO_SUCH_ADDRESS = re.compile(r"\b5\.1\.\d")
# The site's fault, which its admin can still correct.
OURS = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
# Of a provider's answers: who we are, too slow, too often.
NOT_THE_MESSAGES_FAULT = {401, 403, 408, 429}


@dataclass(frozen=True)
class Reply:
    state: State
    reason: Reason
    # The server's own words.
    detail: str

    @property
    def is_final(self) -> bool:
        return self.state != State.DEFERRED


def reply_of(problem: Exception) -> Reply:
    """A final no is bounced (no such address) or rejected; everything else is deferred, and is tried again."""
    code, detail = _code_and_words(problem)
    if isinstance(problem, AnymailInvalidAddress) or (code and code >= 500 and NO_SUCH_ADDRESS.search(detail)):
        return Reply(State.BOUNCED, Reason.BAD_ADDRESS, detail)
    if isinstance(problem, AnymailRecipientsRefused) or _is_final(problem, code):
        return Reply(State.REJECTED, Reason.REFUSED, detail)
    if isinstance(problem, (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)) or code is None:
        return Reply(State.DEFERRED, Reason.UNREACHABLE, detail)
    return Reply(State.DEFERRED, Reason.NOT_NOW, detail)


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
    else:
        code, text = getattr(problem, "status_code", None), str(problem)
    text = text.decode(errors="replace") if isinstance(text, bytes) else text
    return code, " ".join(text.split())
