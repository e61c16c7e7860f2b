"""The line with which `serve` says how it found the site, after it has begun to listen."""

import threading
from typing import TextIO

from django.core.management.base import OutputWrapper
from django.utils import translation

from supportcenter.doctor import Finding, Level, examine

# The other processes may start after this one: who is missing shows later, on the status page and in /readyz.
NOT_YET = {"heartbeats"}
# So many are named; the doctor names all.
MOST_NAMED = 3


def say_how_it_is(out: OutputWrapper | TextIO) -> threading.Thread:
    """Look in a thread, in which nobody waits: only what is quick, and sends nothing."""
    thread = threading.Thread(target=_look_and_say, args=[out], name="doctor", daemon=True)
    thread.start()
    return thread


def _look_and_say(out: OutputWrapper | TextIO) -> None:
    with translation.override("en"):
        line = summary(list(examine(active=False, but=NOT_YET)))
    out.write(line if isinstance(out, OutputWrapper) else f"{line}\n")
    out.flush()


def summary(findings: list[tuple[str, Finding]]) -> str:
    parts = [
        _part([each for each in findings if each[1].level is level], what)
        for level, what in ((Level.FAIL, "failure"), (Level.WARN, "warning"))
    ]
    found = "; ".join(filter(None, parts))
    return f"Doctor: {found}. `manage.py doctor` says what to do." if found else "Doctor: all well."


def _part(findings: list[tuple[str, Finding]], what: str) -> str:
    if not findings:
        return ""
    named = [f"{name}: {finding.words}" for name, finding in findings[:MOST_NAMED]]
    rest = [f"{len(findings) - MOST_NAMED} more"] if len(findings) > MOST_NAMED else []
    return f"{len(findings)} {what}{'s' if len(findings) > 1 else ''} ({'; '.join(named + rest)})"
