"""What can be decided about a person, by name: who they are, their roles, and their limits. Nothing here writes.

The forms of an account, the actions and files of people (E68) have the same names and the same values.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from supportcenter.accounts.models import User
from supportcenter.accounts.more_roles import MORE_ROLES

WHO = ["username", "first_name", "last_name", "email", "language", "is_active"]
# Of the staff, with single permissions of the administration: only some accounts have it, from before E68.
STAFF = "is_staff"
ROLES = ["representative", "manager", "administrator"]
# Of a representative alone: columns of `CsrPrivileges`.
LIMITS = ["multi_session", "max_customers", "switched_off"]
NO_LIMITS: dict[str, Any] = {"multi_session": False, "max_customers": None, "switched_off": []}


def names_of_more_roles() -> list[str]:
    return [name for roles in MORE_ROLES for name in roles.names]


def values_of(person: User) -> dict[str, Any]:
    return values_of_all([person])[person.pk]


def values_of_new() -> dict[str, Any]:
    """What an account has that is about to be made."""
    return _own(User()) | _more(None, {})


def values_of_all(people: Collection[User]) -> dict[int, dict[str, Any]]:
    """By the key of each; `people` are read with their privileges."""
    keys = [person.pk for person in people if person.pk]
    held = [roles.held(keys) for roles in MORE_ROLES]
    return {person.pk: _own(person) | _more(person.pk, dict(enumerate(held))) for person in people}


def _own(person: User) -> dict[str, Any]:
    row = person.privileges if person.pk else None
    who = {name: getattr(person, name) for name in [*WHO, STAFF]}
    roles = {"representative": row is not None, "manager": bool(row and row.manager)}
    limits = {name: getattr(row, name) for name in LIMITS} if row else {**NO_LIMITS}
    return who | roles | {"administrator": person.is_superuser} | limits


def _more(person: int | None, held: Mapping[int, Mapping[int, dict[str, Any]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, roles in enumerate(MORE_ROLES):
        found |= held.get(number, {}).get(person or 0) or roles.nothing()
    return found


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: after[name] for name in names if after[name] != before[name]}
