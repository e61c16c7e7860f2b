"""What happens, counted where it happens: `count("mail", outcome="sent")`. Costs nothing unless METRICS is on.

`supportcenter/monitoring/` lists the names and shows the numbers to Prometheus. A label has few values, which are ours:
never a person, an address or a session.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Sink = Callable[[str, float, dict[str, str]], None]
_sink: Sink | None = None


def count(name: str, amount: float = 1, **labels: str) -> None:
    """Add `amount` to a counter, or one observation to a histogram."""
    if _sink:
        _sink(name, amount, labels)


@contextmanager
def outcome_of(name: str, *, but: tuple[type[Exception], ...] | type[Exception] = ()) -> Iterator[None]:
    """Count what is inside as `sent`, or as `failed` if it raises anything `but` those, which are not counted."""
    try:
        yield
    except but:
        raise
    except Exception:
        count(name, outcome="failed")
        raise
    count(name, outcome="sent")


def is_on() -> bool:
    return _sink is not None


def give_to(sink: Sink | None) -> None:
    """From here on, `sink` is told of everything; with None nobody is."""
    global _sink
    _sink = sink
