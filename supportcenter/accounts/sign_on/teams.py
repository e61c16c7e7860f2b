"""Teams that the groups of an identity provider stand for (SSO_TEAMS): who is in them, never who leads them."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.dispatch import receiver

from supportcenter.accounts.actions.teams import place_by_groups
from supportcenter.accounts.models import Team, User
from supportcenter.accounts.sign_on.roles import PROVIDER, groups_given


def lock_teams() -> None:
    """Before the person, as all do who change a team: so neither waits for the other for ever."""
    list(_mapped().select_for_update().order_by("pk"))


def missing_teams() -> list[str]:
    """Names that the setting gives and no team has."""
    named = {team for _group, team in settings.SSO_TEAMS}
    return sorted(named - set(_mapped().values_list("name", flat=True)))


@receiver(groups_given)
def give_teams(person: User, groups: Collection[str], **_: Any) -> None:
    wanted = {team for group, team in settings.SSO_TEAMS if group in groups}
    for team in _mapped().order_by("pk"):
        place_by_groups(team, person, team.name in wanted, by=PROVIDER)


def _mapped() -> QuerySet[Team]:
    named = {team for _group, team in settings.SSO_TEAMS}
    return Team.objects.filter(name__in=named) if named else Team.objects.none()
