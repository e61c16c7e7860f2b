"""Who may set up teams, and whom a team can take. Nothing here writes."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from supportcenter.accounts.models import Team, TeamMembership, User
from supportcenter.accounts.people import OF_REPRESENTATIVES
from supportcenter.accounts.setup import may_set_up
from supportcenter.text.folding import fold

# People whom a search for new members shows.
FOUND = 20
NAMES = ("username", "first_name", "last_name", "email")


def may_see_teams(user: User | AnonymousUser) -> bool:
    return may_set_up(user) and user.has_perm("accounts.view_team")


def may_change_teams(user: User | AnonymousUser, verb: str = "change") -> bool:
    """Who leads a team reads its records, as managers read all: so it takes what it takes to make a manager."""
    return may_see_teams(user) and user.has_perms({f"accounts.{verb}_team", *OF_REPRESENTATIVES})


def may_decide_on(user: User, team: Team, person: User) -> bool:
    """Of those who are no superusers none decides on their own place, nor on whose work they see as a lead."""
    leads = TeamMembership.objects.leading().filter(team=team, user=user)
    return user.is_superuser or (person.pk != user.pk and not leads.exists())


def people_to_add(team: Team, typed: str) -> list[User]:
    """Representatives with this in their name, in any spelling, who are not in the team: the first, by name."""
    words = fold(typed).split()
    if not words:
        return []
    csrs = User.objects.filter(is_active=True, csr_privileges__isnull=False).exclude(team_memberships__team=team)
    named = csrs.order_by("first_name", "username").values_list("pk", *NAMES)
    found = [pk for pk, *names in named if all(any(word in fold(name) for name in names) for word in words)]
    rows = User.objects.in_bulk(found[:FOUND])
    return [rows[pk] for pk in found[:FOUND] if pk in rows]


def members_of(team: Team) -> QuerySet[TeamMembership]:
    """Leads first, then by name; there are MOST_MEMBERS at most."""
    rows = TeamMembership.objects.filter(team=team).select_related("user__csr_privileges")
    return rows.order_by("-leads", "user__first_name", "user__username")
