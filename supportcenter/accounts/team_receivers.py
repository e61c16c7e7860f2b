"""What follows at once when somebody joins or leaves a team, or leads it, or no more (E69)."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from supportcenter.accounts.models import Team, TeamMembership, User
from supportcenter.accounts.receivers import tell_of_rights
from supportcenter.accounts.rights import team_changed
from supportcenter.security_log import Change

MEMBERSHIP = TeamMembership._meta.label_lower


@receiver(post_save, sender=TeamMembership)
def membership_saved(instance: TeamMembership, created: bool, **_: Any) -> None:
    name, leads = instance.team.name, instance.leads
    before = (None, None) if created else (name, not leads)
    _tell(instance, [Change(MEMBERSHIP, "team", before[0], name), Change(MEMBERSHIP, "leads", before[1], leads)])


@receiver(post_delete, sender=TeamMembership)
def membership_deleted(instance: TeamMembership, **_: Any) -> None:
    _tell(instance, [Change(MEMBERSHIP, "team", instance.team.name, None)])


def _tell(membership: TeamMembership, changes: list[Change]) -> None:
    """The person's rights have changed, and what the leads of the team see; also those of who led it until now."""
    person, team = membership.user, membership.team
    tell_of_rights(person, changes)
    leads = User.objects.filter(team_memberships__team=team, team_memberships__leads=True)
    team_changed.send(Team, leads={*leads, person})
