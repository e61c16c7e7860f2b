"""The ways that an installed site offers on its icon. Apps register theirs; this knows none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Shortcut(NamedTuple):
    """`view` is a page without arguments; `order`: where it stands."""

    order: int
    words: StrOrPromise
    view: str


_shortcuts: list[Shortcut] = []


def register_shortcut(shortcut: Shortcut) -> None:
    _shortcuts.append(shortcut)
    _shortcuts.sort(key=lambda each: each.order)


def all_shortcuts() -> list[Shortcut]:
    return list(_shortcuts)
