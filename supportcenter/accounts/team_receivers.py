"""What follows at once when somebody joins or leaves a team, leads it or no more, or a team itself is changed (E69)."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from supportcenter import security_log
from supportcenter.accounts.models import Team, TeamMembership, User
from supportcenter.accounts.receivers import changing, tell_of_rights
from supportcenter.accounts.rights import team_changed

SETTINGS = ("name", "name_ar", "switched_off")


@receiver(post_save, sender=TeamMembership)
def membership_saved(instance: TeamMembership, **_: Any) -> None:
    _tell(instance, "leads" if instance.leads else "member")


@receiver(post_delete, sender=TeamMembership)
def membership_deleted(instance: TeamMembership, **_: Any) -> None:
    _tell(instance, "no member")


@receiver(pre_save, sender=Team)
def remember_team(instance: Team, raw: bool = False, **_: Any) -> None:
    before = Team.objects.filter(pk=instance.pk).values(*SETTINGS).first() if instance.pk and not raw else None
    vars(instance)["settings_before"] = before or {}


@receiver(post_save, sender=Team)
def team_saved(instance: Team, created: bool, **_: Any) -> None:
    before = vars(instance).pop("settings_before", {})
    changed = {name: getattr(instance, name) for name, was in before.items() if getattr(instance, name) != was}
    if created or changed:
        _note(instance, ", ".join(f"{name}: {value}" for name, value in changed.items()) or "created")


@receiver(post_delete, sender=Team)
def team_deleted(instance: Team, **_: Any) -> None:
    _note(instance, "deleted")


def _note(team: Team, changed: str) -> None:
    by = changing()
    security_log.note("team_changed", team=team.name, by=by.username if by else None, changed=changed)


def _tell(membership: TeamMembership, place: str) -> None:
    """The person's rights have changed, and what the leads of the team see; also those of who led it until now."""
    person, team = membership.user, membership.team
    tell_of_rights(person, {f"team {team.name}": place})
    leads = User.objects.filter(team_memberships__team=team, team_memberships__leads=True)
    team_changed.send(Team, leads={*leads, person})
