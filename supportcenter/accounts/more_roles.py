"""Roles that apps above add to those of an account: in its form, in the actions, and in files of people (E68)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from django import forms

from supportcenter.accounts.models import User
from supportcenter.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What of each person is to change, by the names of the fields.
Changes = Mapping[User, Mapping[str, Any]]


class MoreRoles(Protocol):
    """Values are what JSON has, so that two of them can be compared and shown."""

    title: StrOrPromise
    names: tuple[str, ...]

    def fields(self) -> dict[str, forms.Field]:
        """The fields of these names, made for one form."""

    def held(self, people: Collection[int]) -> dict[int, dict[str, Any]]:
        """What those of these people have who have any of it, by their keys."""

    def nothing(self) -> dict[str, Any]:
        """What all others have."""

    def may_give(self, by: User) -> bool: ...

    def why_not(self, changes: Mapping[str, Any], then: Mapping[str, Any]) -> list[tuple[str, type[Refused]]]:
        """Which of `changes` do not fit to what the person has `then`, with the reason."""

    def give(self, changes: Changes) -> None:
        """Make these changes; called with the accounts locked, and who may do it."""


MORE_ROLES: list[MoreRoles] = []


def register_roles(roles: MoreRoles) -> None:
    MORE_ROLES.append(roles)
