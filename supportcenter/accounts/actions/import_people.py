"""Many people at once, from a file (E68): it is kept, shown, and then does exactly what was shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from limits import RateLimitItemPerDay

from supportcenter import clock, security_log
from supportcenter.accounts import errors
from supportcenter.accounts.actions.people import give_more_roles, save_own_values
from supportcenter.accounts.models import CsrPrivileges, PeopleFile, User
from supportcenter.accounts.people import may_import_people
from supportcenter.accounts.people_file.plan import Plan, Planned, may_be_mailed, plan_for
from supportcenter.accounts.people_file.reading import PeopleTable
from supportcenter.accounts.person_values import LIMITS, WHO, names_of_more_roles
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.receivers import changed_by, note_rights_of, role_change
from supportcenter.jobs.outbox.later import run_all_later
from supportcenter.refusals import require
from supportcenter.security_log import Change

MAIL_LINKS = "accounts.mail_links"
# Links to choose a password that imports of one administrator send, and how many one job makes.
LINKS_OF_IMPORTS, LINKS_AT_ONCE = RateLimitItemPerDay(5000, namespace="links_of_imports"), 200
# Rows of one statement.
BATCH = 500
KEPT_FOR = timedelta(hours=1)


@transaction.atomic
def keep_people_file(name: str, table: PeopleTable, *, by: User) -> PeopleFile:
    """Keep what was uploaded until it is confirmed, instead of what the same person uploaded before.

    Raises NotAnAdministrator.
    """
    by = by.locked()
    require(may_import_people(by), errors.NotAnAdministrator)
    PeopleFile.objects.filter(user=by).delete()
    return PeopleFile.objects.create(user=by, name=name[:100], columns=table.columns, rows=table.rows)


@transaction.atomic
def import_people(file: PeopleFile, *, shown: str, leave_out: bool, links: bool, by: User) -> Plan:
    """Add and change people as the plan says whose digest is `shown`; with `leave_out`, without the wrong rows.

    With `links`, those who are added and have an address get one to choose a password. Raises NotAnAdministrator,
    FileGone, PeopleChanged, RowsAreWrong, NothingToImport, NoMail, TooManyImportedLinks, UsernameTaken.
    """
    file = _found(file, by)
    plan, resource = plan_for(file, by=by, lock=True)
    by = by.locked()
    require(may_import_people(by), errors.NotAnAdministrator)
    require(plan.digest == shown, errors.PeopleChanged)
    require(leave_out or not plan.wrong, errors.RowsAreWrong)
    require(plan.does_something, errors.NothingToImport)
    added = _add(plan.added, by)
    _change(plan.changed, resource.titles, by)
    if links:
        _mail_links([user for user, row in zip(added, plan.added, strict=True) if may_be_mailed(row)], by)
    counts = {"added": len(plan.added), "changed": len(plan.changed), "rows_left_out": len(plan.wrong)}
    security_log.note("people_imported", by=by.username, **counts)
    file.delete()
    return plan


def delete_old_people_files() -> None:
    PeopleFile.objects.filter(made_at__lt=clock.now() - KEPT_FOR).delete()


def _found(file: PeopleFile, by: User) -> PeopleFile:
    found = PeopleFile.objects.select_for_update().filter(pk=file.pk, user=by).first()
    require(found is not None, errors.FileGone)
    assert found is not None
    return found


def _add(rows: Sequence[Planned], by: User) -> list[User]:
    """New people send no signals: no page of theirs is open. The log has the same lines."""
    users = [_new_user(row) for row in rows]
    try:
        with transaction.atomic():
            User.objects.bulk_create(users, batch_size=BATCH)
    except IntegrityError as error:
        raise errors.UsernameTaken from error
    given = {user: row.values for user, row in zip(users, rows, strict=True)}
    CsrPrivileges.objects.bulk_create(
        (
            CsrPrivileges(user=user, **{name: values[name] for name in ("manager", *LIMITS)})
            for user, values in given.items()
            if values["representative"]
        ),
        batch_size=BATCH,
    )
    give_more_roles({user: values for user, values in given.items() if any(map(values.get, names_of_more_roles()))}, by)
    with changed_by(by):
        note_rights_of({user: _changes_of(user, values) for user, values in given.items()})
    if users:
        LogEntry.objects.log_actions(by.pk, users, ADDITION, [{"added": {}}])
    return users


def _changes_of(user: User, values: dict[str, Any]) -> list[Change]:
    given = {
        role_change("created"): True,
        role_change("csr"): values["representative"],
        Change(CsrPrivileges._meta.label_lower, "manager", False, True): values["manager"],
        Change(User._meta.label_lower, "is_superuser", False, True): user.is_superuser,
    }
    return [change for change, is_given in given.items() if is_given]


def _new_user(row: Planned) -> User:
    """Without a password: it is chosen by a link."""
    administrator = row.values["administrator"]
    own = {name: row.values[name] for name in WHO}
    return User(**own, is_staff=administrator, is_superuser=administrator, password=make_password(None))


def _change(rows: Sequence[Planned], titles: dict[str, str], by: User) -> None:
    """Who is known here already has pages that must hear of it, and offers that may have to go to others."""
    changes: dict[User, dict[str, Any]] = {}
    alike: defaultdict[tuple[str, ...], list[User]] = defaultdict(list)
    for row in rows:
        user = row.person.user
        assert user is not None
        changes[user] = row.person.changes
        save_own_values(user, changes[user], by)
        alike[tuple(titles[name] for name in changes[user])].append(user)
    give_more_roles(changes, by)
    for said, users in alike.items():
        LogEntry.objects.log_actions(by.pk, users, CHANGE, [{"changed": {"fields": [*said]}}])


def _mail_links(people: Sequence[User], by: User) -> None:
    """In jobs: a request waits neither for a mail server nor for thousands of rows."""
    if not people:
        return
    require(settings.MAIL_IS_SET_UP, errors.NoMail)
    require(rate_limiter().hit(LINKS_OF_IMPORTS, str(by.pk), cost=len(people)), errors.TooManyImportedLinks)
    keys = [user.pk for user in people]
    run_all_later(MAIL_LINKS, [{"people": keys[at : at + LINKS_AT_ONCE]} for at in range(0, len(keys), LINKS_AT_ONCE)])
    told = [{"account": user.username, "by": by.username} for user in people]
    security_log.note_many("password_link_sent", told)
