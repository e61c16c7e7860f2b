"""Which teams somebody is in, and what these switch off, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy, Team, User
from supportcenter.accounts.policy import OFF_FOR_TEAM, Limit, in_words_of_others, switched_off
from supportcenter.text.directions import apart


def limits_of_teams(teams: Iterable[Team]) -> list[Limit]:
    named = sorted((team.label, team.switched_off) for team in teams if team.switched_off)
    return [Limit(off, gettext(OFF_FOR_TEAM) % {"name": apart(name)}) for name, off in named]


def teams_in_words(person: User) -> dict[str, Any]:
    """Their `memberships`, and what is `off` for them: by site, teams and privileges together, in words of others."""
    memberships = list(person.team_memberships.select_related("team").order_by("team__name", "pk"))
    off = switched_off(SitePolicy.current(), person.privileges, limits_of_teams(one.team for one in memberships))
    return {
        "memberships": memberships,
        "off": [(one.label, in_words_of_others(off[one])) for one in Capability if one in off],
    }
