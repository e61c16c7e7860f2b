"""How a view wants its requests handled: marks for the server, before a body comes, and for the doors."""

from collections.abc import Callable
from typing import TypeVar

AnyView = TypeVar("AnyView", bound=Callable[..., object])
ANY_METHOD, CHANGES = frozenset({"GET", "HEAD", "POST"}), frozenset({"POST"})


def takes_uploads(view: AnyView) -> AnyView:
    """Mark a view whose requests carry a part of a file. All others get no more than a form may have."""
    view.takes_uploads = True  # type: ignore[attr-defined]
    return view


def takes_pictures(view: AnyView) -> AnyView:
    """Mark a view whose form takes small pictures, a logo for example, of people with an account."""
    view.takes_pictures = True  # type: ignore[attr-defined]
    return view


def takes_tables(view: AnyView) -> AnyView:
    """Mark a view whose form takes a table of people, of people with an account."""
    view.takes_tables = True  # type: ignore[attr-defined]
    return view


def takes_batches(view: AnyView) -> AnyView:
    """Mark a view to which a program sends many facts at once: more than a form may have, and no file."""
    view.takes_batches = True  # type: ignore[attr-defined]
    return view


def reads_much(view: AnyView) -> AnyView:
    """Mark a view that reads long tables: it waits in a line of its own, so that joining never waits for it."""
    view.reads_much = True  # type: ignore[attr-defined]
    return view


def waits_for_others(view: AnyView) -> AnyView:
    """Mark a view that asks a server of somebody else's: it waits with those that read much, also for strangers."""
    view.waits_for_others = True  # type: ignore[attr-defined]
    return view


def asks_again(view: AnyView, *, methods: frozenset[str] = ANY_METHOD) -> AnyView:
    """Mark a view for which a person must have shown who they are lately (E70): `accounts/step_up.py`."""
    view.asks_again = methods  # type: ignore[attr-defined]
    return view


def own_pace(view: AnyView) -> AnyView:
    """Mark a view that no door slows down: what has limits of its own, and what ends things, which must always work."""
    view.own_pace = True  # type: ignore[attr-defined]
    return view
