"""How a personal message is counted, in the server as in the browser: that of a transfer, and of who asks for help."""

import re
import unicodedata

from supportcenter.refusals import require
from webacd.errors import MessageTooLong, MessageUnreadable

LONGEST = 345
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def normalised(text: str) -> str:
    """CRLF and lone CR become LF, then NFC, so that the same text has the same length however it was typed (E22)."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_readable(text: str) -> bool:
    return not UNREADABLE.search(text)


def checked(text: str) -> str:
    """E22: counted in code points, line ends and NFC normalised; a longer one is refused, never shortened.

    Raises MessageTooLong, MessageUnreadable.
    """
    message = normalised(text)
    require(len(message) <= LONGEST, MessageTooLong)
    require(is_readable(message), MessageUnreadable)
    return message
