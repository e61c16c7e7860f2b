"""Settings of teams: a team is made, changed and deleted, and people join, lead and leave it (E69)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from supportcenter.accounts.models import CsrPrivileges, Team, TeamMembership, User
from supportcenter.accounts.models import team as bounds
from tests.factories import make_person, make_team

pytestmark = pytest.mark.django_db
LIST, ADD = "/settings/teams/", "/settings/teams/add/"


@pytest.fixture
def admin(client, policy, dana):
    client.force_login(dana)
    return client


@pytest.fixture
def clerk(admin, eve):
    """Signed in: of the staff, changes teams and who is a representative, and is no superuser."""
    eve.is_staff = True
    eve.save()
    names = [f"{verb}_{model}" for verb in ("add", "change", "delete") for model in ("team", "csrprivileges")]
    names += ["change_sitepolicy", "view_team", "view_user"]
    eve.user_permissions.set(Permission.objects.filter(codename__in=names))
    admin.force_login(eve)
    return eve


def page_of(team, more=""):
    return f"{LIST}{team.pk}/{more}"


def places(team):
    rows = TeamMembership.objects.filter(team=team).order_by("user__username")
    return list(rows.values_list("user__username", "leads"))


def test_team_is_added_and_leads_to_its_members(admin):
    answer = admin.post(ADD, {"name": "  Billing ", "name_ar": "الفواتير", "switched_off": ["recording"]})

    team = Team.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(team))
    assert (team.name, team.name_ar, team.switched_off) == ("Billing", "الفواتير", ["recording"])
    assert LogEntry.objects.get().object_repr == "Billing"
    assert "switched off: Recording" in admin.get(LIST).content.decode()


@pytest.mark.parametrize("sent", [{"name": ""}, {"name": "Sales"}, {"name": "x" * 81}, {"switched_off": ["flying"]}])
def test_team_that_cannot_be_is_refused(admin, sent):
    make_team("Sales")
    assert admin.post(ADD, {"name": "Billing", **sent}).status_code == 422
    assert Team.objects.count() == 1


def test_more_teams_than_a_site_can_have_are_refused(admin, monkeypatch):
    Team.objects.bulk_create(Team(name=f"Team {number}") for number in range(bounds.MOST_TEAMS))
    answer = admin.post(ADD, {"name": "One more"})
    assert answer.status_code == 409
    assert "as many teams" in answer.content.decode()
    assert Team.objects.count() == bounds.MOST_TEAMS


def test_team_is_changed_in_what_was_changed_alone(admin):
    team = make_team("Billing", switched_off=["voice"])
    initial = {"initial-name": "Billing", "initial-name_ar": "", "initial-switched_off": ["voice"]}
    Team.objects.update(switched_off=["files"])
    assert admin.post(page_of(team), {**initial, "name": "Invoices", "switched_off": ["voice"]}).status_code == 302

    team.refresh_from_db()
    assert (team.name, team.switched_off) == ("Invoices", ["files"])


def test_name_of_another_team_is_refused(admin):
    team, _other = make_team("Billing"), make_team("Sales")
    assert admin.post(page_of(team), {"name": "Sales"}).status_code == 422
    team.refresh_from_db()
    assert team.name == "Billing"


def test_deleted_team_takes_nobody_with_it(admin, amal, bilal):
    team = make_team("Billing", amal, lead=bilal)
    people = User.objects.count()
    assert 'data-confirm="delete-team-dialog"' in admin.get(page_of(team)).content.decode()
    assert admin.post(page_of(team, "delete/")).status_code == 302

    assert (Team.objects.count(), User.objects.count()) == (0, people)
    assert not User.objects.get(pk=bilal.pk).is_lead


def test_members_are_found_by_part_of_their_name_in_any_spelling(admin, amal, bilal, eve):
    team = make_team("Billing", bilal)
    User.objects.filter(pk=amal.pk).update(first_name="Ámal", last_name="أحمد")
    for typed in ("ama", "AMAL", "احمد", "amal احمد"):
        assert [one.pk for one in admin.get(page_of(team), {"find": typed}).context["found"]] == [amal.pk]
    for typed in ("bilal", "eve", "nobody", "  "):
        assert admin.get(page_of(team), {"find": typed}).context["found"] == []


def test_search_shows_the_first_of_many(admin):
    team = make_team("Billing")
    for number in range(25):
        make_person(f"rania{number:02}")
    assert len(admin.get(page_of(team), {"find": "rania"}).context["found"]) == 20


def test_person_joins_leads_leads_no_more_and_leaves(admin, amal):
    team = make_team("Billing")
    admin.post(page_of(team, "members/"), {"person": amal.pk})
    assert places(team) == [("amal", False)]
    admin.post(page_of(team, "members/"), {"person": amal.pk})
    admin.post(page_of(team, f"members/{amal.pk}/"), {"place": "lead"})
    assert places(team) == [("amal", True)]
    admin.post(page_of(team, f"members/{amal.pk}/"), {"place": "member"})
    assert places(team) == [("amal", False)]
    admin.post(page_of(team, f"members/{amal.pk}/"), {"place": "none"})
    assert places(team) == []
    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert said == [
        "Added member “amal”.",
        "Changed leads for member “amal”.",
        "Changed leads for member “amal”.",
        "Deleted member “amal”.",
    ]


@pytest.mark.parametrize("person", ["", "nonsense", "999999"])
def test_person_whom_there_is_not_is_missing(admin, person):
    assert admin.post(page_of(make_team("Billing"), "members/"), {"person": person}).status_code == 404


def test_only_representatives_join_and_lead(admin, amal, eve):
    team = make_team("Billing", amal)
    assert admin.post(page_of(team, "members/"), {"person": eve.pk}).status_code == 409
    amal.csr_privileges.delete()
    assert admin.post(page_of(team, f"members/{amal.pk}/"), {"place": "lead"}).status_code == 409
    assert places(team) == [("amal", False)]


def test_who_is_in_no_team_cannot_lead_it(admin, amal):
    team = make_team("Billing")
    assert admin.post(page_of(team, f"members/{amal.pk}/"), {"place": "lead"}).status_code == 409


def test_team_and_person_have_a_bound(admin, amal, bilal):
    full, many = make_team("Full"), [make_team(f"Team {number}") for number in range(bounds.MOST_OF_ONE)]
    people = User.objects.bulk_create(User(username=f"p{number}") for number in range(bounds.MOST_MEMBERS))
    TeamMembership.objects.bulk_create(TeamMembership(team=full, user=person) for person in people)
    TeamMembership.objects.bulk_create(TeamMembership(team=team, user=bilal) for team in many)

    assert admin.post(page_of(full, "members/"), {"person": amal.pk}).status_code == 409
    assert admin.post(page_of(make_team("Billing"), "members/"), {"person": bilal.pk}).status_code == 409


def test_no_administrator_without_all_rights_gives_themselves_sight_of_others(clerk, client, amal):
    clerks = make_team("Clerks", amal)
    assert client.post(page_of(clerks, "members/"), {"person": amal.pk}).status_code == 302
    assert client.post(page_of(clerks, "members/"), {"person": clerk.pk}).status_code == 403
    TeamMembership.objects.create(team=clerks, user=clerk, leads=True)
    assert client.post(page_of(clerks, f"members/{amal.pk}/"), {"place": "none"}).status_code == 403
    assert client.post(page_of(clerks, f"members/{clerk.pk}/"), {"place": "member"}).status_code == 403
    assert places(clerks) == [("amal", False), ("eve", True)]


def test_who_may_make_no_representatives_makes_no_leads(clerk, client, amal):
    clerk.user_permissions.remove(*Permission.objects.filter(codename="delete_csrprivileges"))
    assert client.get(LIST).status_code == 200
    assert client.get(page_of(make_team("Billing"))).status_code == 403
    assert client.post(ADD, {"name": "Sales"}).status_code == 403


def test_page_of_a_person_says_their_teams_and_what_applies_to_them(admin, amal):
    team = make_team("Billing", lead=amal, switched_off=["recording"])
    amal.csr_privileges.switched_off = ["voice"]
    amal.csr_privileges.save()

    page = admin.get(f"/settings/people/{amal.pk}/").content.decode()
    assert page_of(team) in page
    assert "Recording: switched off for the team Billing" in page
    assert "Voice call: switched off for this representative" in page


def test_administration_says_so_too(admin, amal):
    team = make_team("Billing", amal, switched_off=["recording"])
    page = admin.get(f"/admin/accounts/user/{amal.pk}/change/").content.decode()
    assert f'<a href="/admin/accounts/team/{team.pk}/change/">Billing</a>' in page
    assert "Recording (switched off for the team Billing)" in page


def test_administration_takes_only_representatives(admin, amal, eve):
    team = make_team("Billing", amal)
    row = TeamMembership.objects.get()
    sent = {"name": "Billing", "memberships-TOTAL_FORMS": "2", "memberships-INITIAL_FORMS": "1"}
    sent |= {"memberships-0-id": row.pk, "memberships-0-team": team.pk, "memberships-0-user": amal.pk}
    sent |= {"memberships-0-leads": "on", "memberships-1-team": team.pk}

    path = f"/admin/accounts/team/{team.pk}/change/"
    assert admin.post(path, sent | {"memberships-1-user": eve.pk}).status_code == 200
    assert places(team) == [("amal", False)]
    bilal = make_person("bilal")
    assert admin.post(path, sent | {"memberships-1-user": bilal.pk}).status_code == 302
    assert places(team) == [("amal", True), ("bilal", False)]


def test_administration_gives_who_is_no_superuser_sight_of_nobody(clerk, client, amal):
    team = make_team("Billing", amal)
    row = TeamMembership.objects.get()
    clerk.user_permissions.add(*Permission.objects.filter(codename__endswith="_teammembership"))
    CsrPrivileges.objects.create(user=clerk)
    sent = {"name": "Billing", "memberships-TOTAL_FORMS": "2", "memberships-INITIAL_FORMS": "1"}
    sent |= {"memberships-0-id": row.pk, "memberships-0-team": team.pk, "memberships-0-user": amal.pk}
    sent |= {"memberships-1-team": team.pk, "memberships-1-user": clerk.pk, "memberships-1-leads": "on"}

    client.post(f"/admin/accounts/team/{team.pk}/change/", sent)
    assert places(team) == [("amal", False)]
    client.post(f"/admin/accounts/team/{team.pk}/change/", {**sent, "memberships-0-DELETE": "on"})
    assert places(team) == [("amal", False)]


def test_administration_of_teams_takes_what_the_settings_take(clerk, client):
    team = make_team("Billing")
    path = f"/admin/accounts/team/{team.pk}/change/"
    assert client.post(path, {"name": "Invoices"}).status_code == 302
    clerk.user_permissions.remove(*Permission.objects.filter(codename="delete_csrprivileges"))
    assert client.post(path, {"name": "Sales"}).status_code == 403
    assert client.post(f"/admin/accounts/team/{team.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(Team.objects.values_list("name", flat=True)) == ["Invoices"]


def test_log_for_attacks_says_who_changed_what(admin, amal, caplog):
    team = make_team("Billing", amal)
    caplog.clear()
    admin.post(page_of(team, f"members/{amal.pk}/"), {"place": "lead"})
    admin.post(page_of(team, "delete/"))

    said = [one.getMessage() for one in caplog.records if one.name == "supportcenter.security"]
    assert said == [
        'rights_changed account="amal" by="dana" changed="team: Billing, leads: True"',
        'rights_changed account="amal" by="dana" changed="team: Billing -> None"',
        'settings_removed by="dana" model="accounts.team" object="Billing"',
    ]
