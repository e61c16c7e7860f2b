"""A line of the log that is made of facts: `signed_in address="192.0.2.7" account="amal"`.

In text, values are JSON in ASCII, so that nothing in them can begin a line of its own or pass for another fact. Where
the log is JSON, the same facts are its fields.
"""

import json
import logging
from collections.abc import Mapping

# Characters of one value: a stranger chooses some of them.
LONGEST_VALUE = 200

Fact = str | int | None
# The attribute of a log record that holds (what, facts).
STATED = "stated"


def log_facts(logger: logging.Logger, level: int, what: str, facts: Mapping[str, Fact]) -> None:
    """One line; facts that are None are left out."""
    known = {name: _short(value) for name, value in facts.items() if value is not None}
    if logger.isEnabledFor(level):
        logger.log(level, "%s", line(what, known), extra={STATED: (what, known)})


def line(what: str, facts: Mapping[str, str | int]) -> str:
    return " ".join([what, *(f"{name}={json.dumps(value)}" for name, value in facts.items())])


def _short(value: str | int) -> str | int:
    return value[:LONGEST_VALUE] if isinstance(value, str) else value
