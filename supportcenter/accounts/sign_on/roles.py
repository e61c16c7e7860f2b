"""What the groups of an identity provider give.

Roles are given and taken as SSO_REPRESENTATIVES, SSO_MANAGERS and SSO_ADMINISTRATORS say. Whatever else groups stand
for hears `groups_given`, for example teams.
"""

from collections.abc import Collection

from django.conf import settings
from django.dispatch import Signal

from supportcenter import security_log
from supportcenter.accounts.actions.people import set_roles
from supportcenter.accounts.models import User

# Who has changed the rights, in the security log.
PROVIDER = "the identity provider"

# Sent with `person`, locked, and `groups`, the names that the provider gives, in the transaction of each sign-in.
groups_given = Signal()


def give(person: User, groups: Collection[str]) -> None:
    """Give and take what these groups stand for; inside a transaction, the person locked."""
    roles = roles_of(groups)
    if roles.get("administrator") is False and person.is_superuser and not _another_administers(person):
        # A provider that names no groups any more would shut everybody out.
        security_log.note("administrator_kept", account=person.username)
        del roles["administrator"]
    set_roles(person, roles, by=PROVIDER)
    groups_given.send(User, person=person, groups=frozenset(groups))


def roles_of(groups: Collection[str]) -> dict[str, bool]:
    """Each role that the settings leave to the provider, and whether these groups give it."""
    mapped = {
        "representative": [*settings.SSO_REPRESENTATIVES, *settings.SSO_MANAGERS],
        "manager": settings.SSO_MANAGERS,
        "administrator": settings.SSO_ADMINISTRATORS,
    }
    roles = {role: not set(names).isdisjoint(groups) for role, names in mapped.items() if names}
    if not settings.SSO_REPRESENTATIVES and not roles.get("manager"):
        # Only administrators make representatives: that somebody manages no more takes nothing else.
        roles.pop("representative", None)
    if "representative" in roles and not roles["representative"]:
        # A manager is a representative, too.
        roles["manager"] = False
    return roles


def _another_administers(person: User) -> bool:
    return User.objects.filter(is_active=True, is_superuser=True).exclude(pk=person.pk).exists()
