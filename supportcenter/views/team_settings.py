"""Settings of teams: which there are, what is switched off for each, who is in it and who leads it (E69)."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from supportcenter.accounts.actions import teams as actions
from supportcenter.accounts.errors import NotAnAdministrator, TeamNameTaken, TooManyTeams
from supportcenter.accounts.models import Team, User
from supportcenter.accounts.requests import SignedInRequest
from supportcenter.accounts.team_form import TeamForm
from supportcenter.accounts.teams import may_change_teams, may_see_teams, members_of, people_to_add
from supportcenter.handling import asks_again
from supportcenter.refusals import Refused, require
from supportcenter.responses import render_form
from supportcenter.text.whole_numbers import whole_number

TEAMS = 50
LONGEST_SEARCH = 80
ADD, CHANGE = "settings/add_team.html", "settings/team.html"


@never_cache
@require_safe
@login_required
def teams(request: SignedInRequest) -> HttpResponse:
    require(may_see_teams(request.user), NotAnAdministrator)
    counted = Team.objects.annotate(people=Count("memberships"), leads=Count("pk", filter=Q(memberships__leads=True)))
    page = Paginator(counted.order_by("name", "pk"), TEAMS).get_page(whole_number(request.GET.get("page", "")) or 1)
    return render(request, "settings/teams.html", {"page": page})


@asks_again
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    require(may_change_teams(request.user, "add"), NotAnAdministrator)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render_form(request, ADD, form)
    try:
        team = actions.add_team(form, by=request.user)
    except (TeamNameTaken, TooManyTeams) as refusal:
        return _refused(request, ADD, form, refusal)
    messages.success(request, gettext("The team is there. Now add its members."))
    return redirect("settings_team", team.pk)


@asks_again
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    team = _team(request, pk)
    asked = request.GET.get("find", "")[:LONGEST_SEARCH]
    context: dict[str, Any] = {
        "team": team,
        "members": members_of(team),
        "asked": asked,
        "found": people_to_add(team, asked),
    }
    # A copy to fill in: the page tells of the team as it is.
    form = TeamForm(request.POST if request.method == "POST" else None, instance=copy(team))
    if not form.is_valid():
        return render_form(request, CHANGE, form, **context)
    try:
        actions.change_team(form, by=request.user)
    except TeamNameTaken as refusal:
        return _refused(request, CHANGE, form, refusal, **context)
    messages.success(request, gettext("The settings are saved."))
    return redirect("settings_teams")


@asks_again
@never_cache
@require_POST
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    require(may_change_teams(request.user, "delete"), NotAnAdministrator)
    actions.delete_team(get_object_or_404(Team, pk=pk), by=request.user)
    messages.success(request, gettext("The team is deleted."))
    return redirect("settings_teams")


@asks_again
@never_cache
@require_POST
@login_required
def add_member(request: SignedInRequest, pk: int) -> HttpResponse:
    team = _team(request, pk)
    person = get_object_or_404(User, pk=whole_number(request.POST.get("person", "")))
    actions.add_member(team, person, by=request.user)
    messages.success(request, gettext("%(name)s is in the team.") % {"name": person.display_name})
    return redirect("settings_team", pk)


@asks_again
@never_cache
@require_POST
@login_required
def place_member(request: SignedInRequest, pk: int, person: int) -> HttpResponse:
    """`place` is lead, member, or anything else for who leaves the team."""
    team, member = _team(request, pk), get_object_or_404(User, pk=person)
    place = request.POST.get("place")
    if place in ("lead", "member"):
        actions.let_lead(team, member, place == "lead", by=request.user)
    else:
        actions.remove_member(team, member, by=request.user)
    messages.success(request, gettext("The settings are saved."))
    return redirect("settings_team", pk)


def _team(request: SignedInRequest, pk: int) -> Team:
    require(may_change_teams(request.user), NotAnAdministrator)
    return get_object_or_404(Team, pk=pk)


def _refused(request: SignedInRequest, template: str, form: TeamForm, refusal: Refused, **context: Any) -> HttpResponse:
    form.add_error(None, str(refusal.message))
    return render_form(request, template, form, status=refusal.status, **context)
