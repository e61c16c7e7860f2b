"""The security log: one line for each thing that an administrator looks for after an attack, or during one.

    2026-11-28 20:01:02,345 WARNING supportcenter.security sign_in_failed address="192.0.2.7" account="amal"

The lines go to the logger `supportcenter.security`, whatever LOG_LEVEL says. No line holds a password, a token, a
session number or what people write to each other. docs/security.md lists the names.
"""

import json
import logging

logger = logging.getLogger("supportcenter.security")

# Characters of one value: a stranger chooses some of them.
LONGEST_VALUE = 200


def note(what: str, **facts: str | int | None) -> None:
    """Something that is as it should be: a sign-in, a change of rights."""
    logger.info(_line(what, facts))


def warn(what: str, **facts: str | int | None) -> None:
    """Something that was refused: a wrong password, a body that is too large."""
    logger.warning(_line(what, facts))


def _line(what: str, facts: dict[str, str | int | None]) -> str:
    """Values are JSON in ASCII, so that nothing in them can begin a line of its own or pass for another fact."""
    known = ((name, value) for name, value in facts.items() if value is not None)
    return " ".join([what, *(f"{name}={json.dumps(_short(value))}" for name, value in known)])


def _short(value: str | int) -> str | int:
    return value[:LONGEST_VALUE] if isinstance(value, str) else value
