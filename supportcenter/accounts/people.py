"""Who may add people, and change whom. Nothing here writes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q, QuerySet
from django.dispatch import Signal

from supportcenter.accounts import errors
from supportcenter.accounts.models import User
from supportcenter.accounts.more_roles import MORE_ROLES
from supportcenter.accounts.person_values import LIMITS, ROLES, STAFF
from supportcenter.accounts.setup import may_set_up
from supportcenter.refusals import Refused
from supportcenter.text.addresses import to_ascii

# What it takes to make representatives and managers.
OF_REPRESENTATIVES = {f"accounts.{verb}_csrprivileges" for verb in ("add", "change", "delete")}
# What superusers alone decide.
OF_SUPERUSERS = {"administrator", STAFF}
# What no account changes of itself.
NOT_OWN = {*ROLES, STAFF, "is_active"}
# Values that one statement takes on SQLite.
AT_ONCE = 500

# Sent with `people`, keys: each listener returns, by key, the permissions it takes to give what a person has there.
held_elsewhere = Signal()


def is_name_taken(username: str, *, besides: User) -> bool:
    """Signing in does not tell capital letters from small ones: where two names differ by them, neither gets in."""
    return User.objects.filter(username__iexact=username).exclude(pk=besides.pk).exists()


def accounts_at(address: str) -> QuerySet[User]:
    """The accounts with this address, however it is written: an account has what an admin typed."""
    return User.objects.filter(Q(email__iexact=address) | Q(email__iexact=to_ascii(address)))


def may_see_people(user: User | AnonymousUser) -> bool:
    return may_set_up(user) and user.has_perm("accounts.view_user")


def may_add_people(user: User) -> bool:
    return _is_of_staff(user) and user.has_perm("accounts.add_user")


def may_change_people(user: User) -> bool:
    return _is_of_staff(user) and user.has_perm("accounts.change_user")


def may_delete_people(user: User) -> bool:
    return _is_of_staff(user) and user.has_perm("accounts.delete_user")


def may_import_people(user: User) -> bool:
    """A file adds and changes."""
    return may_see_people(user) and may_add_people(user) and may_change_people(user)


def may_give(user: User, name: str) -> bool:
    """Whether this user decides on the role or the limit of others. Administrators are made by superusers alone."""
    if user.is_superuser:
        return True
    if name in {*ROLES, *LIMITS} - OF_SUPERUSERS:
        return user.has_perms(OF_REPRESENTATIVES)
    return any(name in roles.names and roles.may_give(user) for roles in MORE_ROLES)


def why_not(
    person: User, changes: Mapping[str, Any], then: Mapping[str, Any], *, by: User
) -> list[tuple[str, type[Refused]]]:
    """Which of these changes `by` may not make, or nobody can, and why; `then` is all that the person has then."""
    found: list[tuple[str, type[Refused]]] = []
    for name in changes:
        if name in NOT_OWN and person.pk == by.pk:
            found.append((name, errors.NotYourself))
        elif is_role(name) and not may_give(by, name):
            found.append((name, errors.RoleNotYours))
    if then["manager"] and not then["representative"]:
        found.append(("manager", errors.OnlyRepresentativesManage))
    for roles in MORE_ROLES:
        found += roles.why_not(changes, then)
    return found


def is_role(name: str) -> bool:
    """Is this a right that is given, and no word about who the person is?"""
    return name in {*ROLES, *LIMITS, STAFF} or any(name in roles.names for roles in MORE_ROLES)


def holds_no_more(person: User, than: User) -> bool:
    """Changing the address of an account is a way to its password: that must give nothing that one does not have."""
    return not holding_more([person], than)


def holding_more(people: Collection[User], than: User) -> set[int]:
    """The keys of those of these people who hold more."""
    if than.is_superuser:
        return set()
    others = [person for person in people if person.pk != than.pk]
    held = _held_by(others)
    return {person.pk for person in others if person.is_superuser or not than.has_perms(held[person.pk])}


def _held_by(people: Collection[User]) -> dict[int, set[str]]:
    """Also while an account is disabled: it can be enabled again."""
    held: dict[int, set[str]] = defaultdict(set)
    keys = [person.pk for person in people]
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        for path in ("user", "group__user"):
            given = Permission.objects.filter(**{f"{path}__in": some})
            for user, app, name in given.values_list(path, "content_type__app_label", "codename"):
                held[user].add(f"{app}.{name}")
        for _listener, more in held_elsewhere.send(User, people=some):
            for user, permissions in cast("dict[int, set[str]]", more).items():
                held[user] |= permissions
    for person in people:
        if person.privileges:
            held[person.pk] |= OF_REPRESENTATIVES
    return held


def _is_of_staff(user: User) -> bool:
    return user.is_active and user.is_staff
