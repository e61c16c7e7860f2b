"""What a serving process does once, before it takes the first request."""

from collections.abc import Callable

_hooks: list[Callable[[], None]] = []


def on_startup(function: Callable[[], None]) -> Callable[[], None]:
    """Register `function` (in an app's `jobs.py`) to run when a process begins to serve, never for other commands."""
    _hooks.append(function)
    return function


def run_startup_hooks() -> None:
    for hook in _hooks:
        hook()
