"""Of what people are told who look elsewhere. Apps register kinds; this one knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supportcenter.accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def everyone(user: User) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """`order`: where it stands in the settings. `is_for`: who can be told of it at all.

    `at_any_hour`: quiet hours do not hold it back (`static/js/notifications/choices.js` says the same to pages).
    """

    name: str
    words: StrOrPromise
    order: int
    is_for: Callable[[User], bool] = everyone
    at_any_hour: bool = False


_kinds: list[Kind] = []


def register_kinds(*kinds: Kind) -> None:
    _kinds.extend(kinds)
    _kinds.sort(key=lambda kind: kind.order)


def kinds_for(user: User) -> list[Kind]:
    return [kind for kind in _kinds if kind.is_for(user)]


def kind_for(user: User, name: str) -> Kind | None:
    """The kind of this name; None if there is none for them."""
    return next((kind for kind in kinds_for(user) if kind.name == name), None)
