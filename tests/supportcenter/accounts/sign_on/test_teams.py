"""Teams that groups of an identity provider stand for (E72)."""

import pytest

from supportcenter.accounts.actions import teams
from supportcenter.accounts.models import TeamMembership
from supportcenter.accounts.sign_on.admission import admit
from supportcenter.accounts.sign_on.checks import single_sign_on
from supportcenter.accounts.sign_on.identity import Identity
from supportcenter.doctor import Level
from tests.factories import make_team
from tests.factors import lines_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def mapped(settings):
    settings.SSO_REPRESENTATIVES = ["support"]
    settings.SSO_TEAMS = [("billing", "Billing"), ("money", "Billing"), ("emea", "Europe"), ("emea", "Missing")]


def signs_in(*groups):
    return admit(Identity("https://login.example.org", "s1", "grace", groups=frozenset(groups)))[0]


def places():
    return set(TeamMembership.objects.values_list("team__name", "user__username", "leads"))


def test_groups_give_and_take_mapped_teams_alone(amal, caplog):
    make_team("Billing", amal), make_team("Europe"), make_team("Night")
    grace = signs_in("support", "money", "emea", "Night")
    assert places() == {("Billing", "amal", False), ("Billing", "grace", False), ("Europe", "grace", False)}
    assert 'by="the identity provider"' in " ".join(lines_of(caplog, "rights_changed"))
    make_team("Own", grace)
    signs_in("support", "emea")
    assert places() == {("Billing", "amal", False), ("Europe", "grace", False), ("Own", "grace", False)}


def test_who_leads_goes_on_leading(amal):
    grace = signs_in("support")
    make_team("Billing", lead=grace)
    signs_in("support", "billing")
    assert places() == {("Billing", "grace", True)}


def test_only_representatives_join(db):
    make_team("Billing")
    signs_in("billing")
    assert places() == set()
    signs_in("support")
    # The same sign-in takes the role away.
    signs_in("billing")
    assert places() == set()


def test_full_team_takes_no_one_and_the_sign_in_goes_on(amal, monkeypatch):
    monkeypatch.setattr(teams, "MOST_MEMBERS", 1)
    make_team("Billing", amal)
    assert signs_in("support", "billing").is_csr
    assert places() == {("Billing", "amal", False)}


def test_provider_that_names_no_groups_changes_nothing(db):
    make_team("Billing", signs_in("support"))
    admit(Identity("https://login.example.org", "s1", "grace", groups=None))
    assert places() == {("Billing", "grace", False)}


def test_doctor_names_teams_that_do_not_exist(issuer):
    make_team("Billing"), make_team("Europe")
    said = [(each.level, each.words) for each in single_sign_on()]
    assert (Level.WARN, "SSO_TEAMS names the team Missing, which does not exist") in said
