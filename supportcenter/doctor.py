"""What `manage.py doctor` looks at. Each app registers its checks in its `health.py`.

@health_check("ffmpeg")
def ffmpeg() -> Iterator[Finding]:
    yield warn("not installed: recordings are kept as the browser sent them")
"""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import NamedTuple


class Level(Enum):
    OK = "ok"
    # It works, with less than it could do.
    WARN = "warn"
    # Something that people need does not work, or will not for long.
    FAIL = "FAIL"


class Finding(NamedTuple):
    level: Level
    words: str
    # What to do about it.
    do: str = ""


Check = Callable[[], Iterable[Finding]]
_checks: dict[str, Check] = {}


def health_check(name: str) -> Callable[[Check], Check]:
    """Register the decorated function, which yields its findings; an exception is a finding too."""

    def register(check: Check) -> Check:
        assert _checks.setdefault(name, check) is check, f"{name} is looked at already"
        return check

    return register


def ok(words: str) -> Finding:
    return Finding(Level.OK, words)


def warn(words: str, do: str = "") -> Finding:
    return Finding(Level.WARN, words, do)


def fail(words: str, do: str = "") -> Finding:
    return Finding(Level.FAIL, words, do)


def examine() -> Iterator[tuple[str, Finding]]:
    """All findings, each with the name of its check."""
    for name, check in _checks.items():
        try:
            for finding in check():
                yield name, finding
        except Exception as error:
            yield name, fail(f"{type(error).__name__}: {error}")
