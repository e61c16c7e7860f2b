"""Slots: places in a page that are filled by apps above the one that draws it.

A template names only what its own app and apps below have. Where an app above has something to add, the template says
`{% slot "room_dialogs" %}`, and the app registers in its `slots.py` what belongs there.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template import Context

# A page's context, or for a view that has none yet a dictionary with its user.
Page = Context | dict[str, Any]
# What a part's template needs beside the page's context; None: nothing is drawn.
Names = dict[str, Any] | None


@dataclass(frozen=True)
class Part:
    """What an app adds to a slot."""

    template: str
    names: Callable[[Page], Names]
    order: int


PARTS: defaultdict[str, list[Part]] = defaultdict(list)


def fills(slot: str, template: str, *, order: int = 0) -> Callable[[Callable[[Page], Names]], Callable[[Page], Names]]:
    """Register `function(page)`: it answers what `template` needs to be drawn on this page, or None to leave it out.

    Asked whenever the page is drawn: whatever costs a query comes last, after all reasons to leave it out. Parts stand
    by `order`; those of the same, as their apps stand in INSTALLED_APPS.
    """

    def register(function: Callable[[Page], Names]) -> Callable[[Page], Names]:
        parts = PARTS[slot]
        parts.append(Part(template, function, order))
        parts.sort(key=lambda part: part.order)
        return function

    return register


def is_slot(slot: str) -> bool:
    """Whether any app fills this slot, on whatever page."""
    return slot in PARTS


def filled(slot: str, page: Page) -> list[tuple[str, dict[str, Any]]]:
    """The templates to draw in a slot of this page, each with what it needs."""
    answers = [(part.template, part.names(page)) for part in PARTS.get(slot, ())]
    return [(template, names) for template, names in answers if names is not None]
