"""Accounts to try the site with. They exist only where somebody asked for them."""

import secrets
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from supportcenter import security_log
from supportcenter.accounts.models import CsrPrivileges, Team, TeamMembership, User
from supportcenter.management.sample_audit import write_sample_entries
from supportcenter.whole_addresses import whole_address


class Person(NamedTuple):
    username: str
    first_name: str
    last_name: str
    what: str
    is_admin: bool = False
    privileges: dict[str, bool] | None = None


PEOPLE = [
    Person("amal", "Amal", "Haddad", "support representative, several sessions", privileges={"multi_session": True}),
    Person("bilal", "Bilal", "Nasser", "support representative", privileges={}),
    Person("faris", "Faris", "Odeh", "support representative, no agent", privileges={}),
    Person("dana", "Dana", "Khoury", "admin and manager", is_admin=True),
    Person("eve", "Eve", "Stone", "no representative: may sign in, and see nothing"),
]


class Group(NamedTuple):
    name: str
    name_ar: str
    lead: str
    members: list[str]
    switched_off: list[str]


TEAMS = [
    Group("Front desk", "مكتب الاستقبال", lead="bilal", members=["amal"], switched_off=[]),
    Group("Billing", "الفواتير", lead="faris", members=[], switched_off=["recording"]),
]


class Command(BaseCommand):
    help = "Make the demo accounts that are missing, and list them. DEMO_PASSWORD, when set, becomes their password."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--past", action="store_true", help="Also two weeks of sessions, if there has been none.")

    def handle(self, *, past: bool, **options: Any) -> None:
        password = settings.DEMO_PASSWORD or secrets.token_urlsafe(9)
        with security_log.without_notes():
            made = make_missing(password)
            if settings.DEMO_PASSWORD:
                give_password(password)
            # By its name: the site's commands may call an app's, and each app seeds its own.
            call_command("seed_demo_queues", stdout=self.stdout)
            if past:
                call_command("seed_demo_past", stdout=self.stdout)
                write_sample_entries()
        self.list_accounts(password if made or settings.DEMO_PASSWORD else None, made)

    def list_accounts(self, password: str | None, made: set[str]) -> None:
        self.stdout.write(f"Demo accounts at {whole_address('account_login')}")
        for person in PEOPLE:
            known = settings.DEMO_PASSWORD or person.username in made
            self.stdout.write(f"  {person.username:<6} {password if known else '(as before)':<14} {person.what}")
        if password is None:
            self.stdout.write("  Their password was printed when they were made; DEMO_PASSWORD=… sets another.")


@transaction.atomic
def make_missing(password: str) -> set[str]:
    """Make who is not there yet; return the new user names."""
    present = set(User.objects.filter(username__in=[p.username for p in PEOPLE]).values_list("username", flat=True))
    missing = [person for person in PEOPLE if person.username not in present]
    password_hash = make_password(password) if missing else ""
    for person in missing:
        user = User.objects.create(
            username=person.username,
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"{person.username}@example.org",
            password=password_hash,
            is_staff=person.is_admin,
            is_superuser=person.is_admin,
        )
        if person.privileges is not None:
            CsrPrivileges.objects.create(user=user, **person.privileges)
    if missing:
        make_teams()
    return {person.username for person in missing}


def make_teams() -> None:
    """Those of the demo that are not there yet."""
    people = {user.username: user for user in User.objects.filter(username__in=[p.username for p in PEOPLE])}
    for group in TEAMS:
        names = {"name_ar": group.name_ar, "switched_off": group.switched_off}
        team, is_new = Team.objects.get_or_create(name=group.name, defaults=names)
        for username in [group.lead, *group.members] if is_new else []:
            TeamMembership.objects.create(team=team, user=people[username], leads=username == group.lead)


def give_password(password: str) -> None:
    """One look at the first account tells for all: hashing is slow on purpose."""
    if not User.objects.get(username=PEOPLE[0].username).check_password(password):
        User.objects.filter(username__in=[p.username for p in PEOPLE]).update(password=make_password(password))
