"""The log as text for people, or as a JSON object a line for programs (LOG_FORMAT).

    2026-11-28T20:01:02.345+00:00 WARNING supportcenter.security access_refused page="room" request_id="3f0c9a1be2d4"

An entry begins at the beginning of a line, and nothing else does: what a message holds of line breaks is written as
`\\n`, and a traceback is indented.
"""

import logging
import re
from datetime import datetime
from typing import Any

from supportcenter import trace
from supportcenter.facts import STATED, line

# Whatever ends a line somewhere, moves a terminal's cursor, or turns the text around.
DANGEROUS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
INDENT = "    "


class Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's
        """With its offset, so that the lines of several machines, and of the hour that comes twice, can be ordered."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's
        about = trace.current()
        return _on_one_line(super().formatMessage(record)) + (line("", about) if about else "")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's
        return _indented(super().formatStack(stack_info))


def as_json() -> logging.Formatter:
    """With structlog, which is imported only for this."""
    import structlog

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            _add_facts,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )


def _add_facts(logger: Any, method: str, event: Any) -> Any:
    """The facts of the line instead of their text, and what the line is about."""
    what, facts = getattr(event["_record"], STATED, (event["event"], {}))
    return {**facts, **event, "event": what, **trace.current()}


def _on_one_line(text: str) -> str:
    return DANGEROUS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _indented(text: str) -> str:
    # Split at "\n" alone: other separators are written out as what they are.
    return "\n".join(INDENT + _on_one_line(each) for each in text.split("\n"))
