"""Who may add people, and change whom. Nothing here writes."""

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q, QuerySet
from django.dispatch import Signal

from supportcenter.accounts.models import User
from supportcenter.accounts.setup import may_set_up
from supportcenter.text.addresses import to_ascii

# What it takes to make representatives and managers.
OF_REPRESENTATIVES = {f"accounts.{verb}_csrprivileges" for verb in ("add", "change", "delete")}

# Sent with `person`: each listener returns the permissions that it takes to give what the person has there.
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
    return may_see_people(user) and user.has_perm("accounts.add_user")


def may_change_people(user: User) -> bool:
    return may_see_people(user) and user.has_perm("accounts.change_user")


def may_give_role(user: User, role: str) -> bool:
    """Administrators are made by superusers alone."""
    return user.is_superuser or (role != "administrator" and user.has_perms(OF_REPRESENTATIVES))


def holds_no_more(person: User, than: User) -> bool:
    """Changing the address of an account is a way to its password: that must give nothing that one does not have."""
    if than.is_superuser or person.pk == than.pk:
        return True
    return not person.is_superuser and than.has_perms(_held_by(person))


def _held_by(person: User) -> set[str]:
    """Also while the account is disabled: it can be enabled again."""
    given = Permission.objects.filter(Q(user=person) | Q(group__user=person))
    held = {f"{app}.{name}" for app, name in given.values_list("content_type__app_label", "codename")}
    if person.privileges:
        held |= OF_REPRESENTATIVES
    for _listener, more in held_elsewhere.send(User, person=person):
        held.update(more or ())
    return held
