"""How the personal message of a transfer is counted, in the server as in the browser. Pure."""

import re
import unicodedata

LONGEST = 345
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def normalised(text: str) -> str:
    """CRLF and lone CR become LF, then NFC, so that the same text has the same length however it was typed (E22)."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_readable(text: str) -> bool:
    return not UNREADABLE.search(text)
