"""Teams as they are made, changed and deleted in the settings of the product, and who is in them (E69).

The team's row is locked first, so that of two who change it at one time the second sees what the first did.
"""

import logging
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import IntegrityError, transaction

from supportcenter.accounts import errors
from supportcenter.accounts.models import Team, TeamMembership, User
from supportcenter.accounts.models.team import MOST_MEMBERS, MOST_OF_ONE, MOST_TEAMS
from supportcenter.accounts.receivers import changed_by
from supportcenter.accounts.team_form import TeamForm
from supportcenter.accounts.teams import may_change_teams, may_decide_on
from supportcenter.refusals import require

logger = logging.getLogger(__name__)


@transaction.atomic
def add_team(form: TeamForm, *, by: User) -> Team:
    """Make the team of a valid form, without members. Raises NotAnAdministrator, TooManyTeams, TeamNameTaken."""
    by = by.locked()
    require(may_change_teams(by, "add"), errors.NotAnAdministrator)
    require(Team.objects.count() < MOST_TEAMS, errors.TooManyTeams)
    team: Team = form.instance
    _save(team, by)
    _log(team, ADDITION, [{"added": {}}], by)
    return team


@transaction.atomic
def change_team(form: TeamForm, *, by: User) -> None:
    """Change what a valid form changes, and nothing else. Raises NotAnAdministrator, TeamDeleted, TeamNameTaken."""
    team = _locked(form.instance, by)
    for name in form.changed_data:
        setattr(team, name, form.cleaned_data[name])
    if form.changed_data:
        _save(team, by)
        _log(team, CHANGE, [{"changed": {"fields": form.changed_data}}], by)


@transaction.atomic
def delete_team(team: Team, *, by: User) -> None:
    """The people stay, and what they did; who led it sees nothing of it any more.

    Raises NotAnAdministrator, TeamDeleted.
    """
    team = _locked(team, by, "delete")
    _log(team, DELETION, "", by)
    with changed_by(by):
        team.delete()


@transaction.atomic
def add_member(team: Team, person: User, *, by: User) -> None:
    """A representative joins the team; who is in it stays as they are.

    Raises NotAnAdministrator, TeamDeleted, NotYourTeam, OnlyRepresentatives, TeamFull, InTooManyTeams.
    """
    team = _locked(team, by)
    person = _person(person, team, by)
    require(person.is_csr, errors.OnlyRepresentatives)
    if team.memberships.filter(user=person).exists():
        return
    require(team.memberships.count() < MOST_MEMBERS, errors.TeamFull)
    require(person.team_memberships.count() < MOST_OF_ONE, errors.InTooManyTeams)
    with changed_by(by):
        TeamMembership.objects.create(team=team, user=person)
    _log(team, CHANGE, _about("added", person), by)


@transaction.atomic
def let_lead(team: Team, person: User, leads: bool, *, by: User) -> None:
    """A member leads the team from now on, or no more.

    Raises NotAnAdministrator, TeamDeleted, NotYourTeam, OnlyRepresentatives, NoMember.
    """
    team = _locked(team, by)
    person = _person(person, team, by)
    membership = team.memberships.filter(user=person).first()
    if membership is None:
        raise errors.NoMember
    require(person.is_csr or not leads, errors.OnlyRepresentatives)
    if membership.leads != leads:
        membership.leads = leads
        with changed_by(by):
            membership.save(update_fields=["leads"])
        _log(team, CHANGE, _about("changed", person), by)


@transaction.atomic
def remove_member(team: Team, person: User, *, by: User) -> None:
    """The person leaves the team, and nothing else. Raises NotAnAdministrator, TeamDeleted, NotYourTeam."""
    team = _locked(team, by)
    person = _person(person, team, by)
    membership = team.memberships.filter(user=person).first()
    if membership:
        with changed_by(by):
            membership.delete()
        _log(team, CHANGE, _about("deleted", person), by)


def place_by_groups(team: Team, person: User, belongs: bool, *, by: str) -> None:
    """Have a representative in the team or not, as an identity provider says; who leads it may be taken, but not made.

    Inside a transaction, the team and the person locked. `by` is no account. A team that is full takes no one more.
    """
    membership = team.memberships.filter(user=person).first()
    with changed_by(by):
        if membership and not belongs:
            membership.delete()
        elif belongs and membership is None and _is_csr(person) and _has_room(team, person):
            TeamMembership.objects.create(team=team, user=person)


def _is_csr(person: User) -> bool:
    """Read again: the same sign-in may just have taken the role away."""
    return User.objects.select_related("csr_privileges").get(pk=person.pk).is_csr


def _has_room(team: Team, person: User) -> bool:
    has_room = team.memberships.count() < MOST_MEMBERS and person.team_memberships.count() < MOST_OF_ONE
    if not has_room:
        logger.warning("%s does not join the team %s, which is full, or is in too many", person.username, team.name)
    return has_room


def _locked(team: Team, by: User, verb: str = "change") -> Team:
    require(may_change_teams(by, verb), errors.NotAnAdministrator)
    try:
        return team.locked()
    except Team.DoesNotExist as error:
        raise errors.TeamDeleted from error


def _person(person: User, team: Team, by: User) -> User:
    """Read again, and locked: they are in so many teams at most."""
    require(may_decide_on(by, team, person), errors.NotYourTeam)
    try:
        return person.locked()
    except User.DoesNotExist as error:
        raise errors.AccountDeleted from error


def _save(team: Team, by: User) -> None:
    """The form has looked for the name, but another team may have taken it since."""
    try:
        with transaction.atomic(), changed_by(by):
            team.save()
    except IntegrityError as error:
        raise errors.TeamNameTaken from error


def _about(how: str, person: User) -> list[dict[str, Any]]:
    fields = {"fields": ["leads"]} if how == "changed" else {}
    return [{how: {"name": str(TeamMembership._meta.verbose_name), "object": person.username, **fields}}]


def _log(team: Team, what: int, said: Any, by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [team], what, said)
