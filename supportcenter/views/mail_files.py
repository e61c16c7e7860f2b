"""The messages that the embedded default writes to files instead of sending them."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

# What Django's file-based backend puts after every message.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"
FILES_READ = 100


@dataclass(frozen=True)
class WrittenMessage:
    name: str
    subject: str
    sender: str
    recipient: str
    at: datetime
    text: str
    html: str


def messages(folder: Path) -> list[WrittenMessage]:
    """The latest messages, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:FILES_READ]
    read = [message for file in files for message in _read(file)]
    return sorted(read, key=lambda message: message.at, reverse=True)


def _read(file: Path) -> list[WrittenMessage]:
    sources = [source for source in file.read_bytes().split(SEPARATOR) if source.strip()]
    return [_message(f"{file.stem}-{number}", source) for number, source in enumerate(sources)]


def _message(name: str, source: bytes) -> WrittenMessage:
    message = email.message_from_bytes(source, policy=email.policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return WrittenMessage(
        name=name,
        subject=str(message["Subject"]).strip(),
        sender=str(message["From"]),
        recipient=str(message["To"]),
        at=parsedate_to_datetime(str(message["Date"])),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
    )
