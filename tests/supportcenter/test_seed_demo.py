"""Demo accounts: made once, listed each time, and told nobody twice."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from supportcenter.accounts.models import TeamMembership, User
from supportcenter.audit.lines import lines_of
from supportcenter.audit.models import Entry
from supportcenter.management.commands.seed_demo import PEOPLE

pytestmark = pytest.mark.django_db


def test_demo_accounts_are_made_once_and_listed_instead_of_logged(caplog):
    said = StringIO()
    with caplog.at_level(logging.INFO, "supportcenter.security"):
        call_command("seed_demo", stdout=said)
        passwords = dict(User.objects.values_list("username", "password"))
        call_command("seed_demo", stdout=said)

    teams = TeamMembership.objects.order_by("team__name", "user__username")
    assert list(teams.values_list("team__name", "user__username", "leads")) == [
        ("Billing", "faris", True),
        ("Front desk", "amal", False),
        ("Front desk", "bilal", True),
    ]
    assert sorted(passwords) == sorted(person.username for person in PEOPLE)
    assert dict(User.objects.values_list("username", "password")) == passwords
    assert said.getvalue().count("amal") == 2
    assert caplog.messages == []
    assert logging.getLogger("supportcenter.security").level == logging.INFO


def test_past_has_an_audit_log_once(db):
    for _ in range(2):
        call_command("seed_demo", "--past", stdout=StringIO())
    old = Entry.objects.filter(at__lt=timezone.now() - timedelta(days=1))
    assert old.filter(what="policy_changed").count() == 1
    assert old.filter(what="signed_in").count() >= 3 * 13
    assert all(line.sentence for line in lines_of(Entry.objects.all()))
