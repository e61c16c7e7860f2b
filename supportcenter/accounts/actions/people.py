"""People with an account, as they are added, changed, disabled and deleted, in the settings and in the administration.

Who acts is one of the staff at that moment, their row locked, and cannot take a role from themselves: so no two
administrators can take it from each other, and one always stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.db import IntegrityError, transaction
from limits import RateLimitItemPerHour

from supportcenter import security_log
from supportcenter.accounts import errors
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.accounts.more_roles import MORE_ROLES, Changes
from supportcenter.accounts.past import has_past
from supportcenter.accounts.people import (
    holds_no_more,
    is_name_taken,
    may_add_people,
    may_change_people,
    may_delete_people,
    why_not,
)
from supportcenter.accounts.person_values import LIMITS, STAFF, WHO, changes_between, values_of, values_of_new
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.receivers import changed_by
from supportcenter.accounts.role_form import WithRoles
from supportcenter.mail.outbox import post_again
from supportcenter.refusals import require
from supportcenter.text.addresses import deliverable

# The mail with the link, in the outbox; it is about the account.
CHOOSE = "password_link"
# That one administrator sends.
LINKS = RateLimitItemPerHour(100, namespace="password_links")


@transaction.atomic
def add_person(form: WithRoles, *, by: User) -> User:
    """Give somebody an account: with the first password of a valid form, else with a link by mail to choose one.

    Raises NotAnAdministrator, RoleNotYours, UsernameTaken, TooManyLinks, and what does not fit together.
    """
    by = by.locked()
    require(may_add_people(by), errors.NotAnAdministrator)
    person, changes = form.instance, form.changes
    _require_possible(person, changes, values_of_new(), by)
    person.set_password(form.first_password)
    save_values(person, changes, by)
    if settings.PASSWORD_SIGN_IN and form.mails_link:
        _mail_link(person, by)
    _log(person, ADDITION, construct_change_message(cast("Any", form), [], add=True), by)
    return person


@transaction.atomic
def change_person(form: WithRoles, *, by: User) -> None:
    """Change of an account what a valid form changes, and nothing else.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, NotYourself, RoleNotYours, UsernameTaken, and what does not
    fit together.
    """
    person, by = both_locked(form.instance, by)
    changes = form.changes
    if not changes:
        return
    _require_possible(person, changes, values_of(person), by)
    save_values(person, changes, by)
    _log(person, CHANGE, construct_change_message(cast("Any", form), [], add=False), by)


@transaction.atomic
def set_enabled(person: User, *, enabled: bool, by: User) -> None:
    """Disable an account or enable it again; the same again changes nothing.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, NotYourself.
    """
    person, by = both_locked(person, by)
    if person.is_active == enabled:
        return
    changes = {"is_active": enabled}
    _require_possible(person, changes, values_of(person), by)
    save_values(person, changes, by)
    _log(person, CHANGE, [{"changed": {"fields": ["Account enabled"]}}], by)


@transaction.atomic
def delete_person(person: User, *, by: User) -> None:
    """Delete an account that never did anything; one with a past is disabled instead (E68).

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, NotYourself, HasPast.
    """
    person, by = both_locked(person, by)
    require(may_delete_people(by), errors.NotAnAdministrator)
    require(person.pk != by.pk, errors.NotYourself)
    require(not has_past(person), errors.HasPast)
    _log(person, DELETION, "", by)
    with changed_by(by):
        person.delete()


@transaction.atomic
def send_password_link(person: User, *, by: User) -> None:
    """Mail a person the link to choose a password.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, AccountDisabled, PasswordsAreOff, NoMail,
    PersonWithoutAddress, TooManyLinks.
    """
    person, by = both_locked(person, by)
    require(person.is_active, errors.AccountDisabled)
    require(settings.PASSWORD_SIGN_IN, errors.PasswordsAreOff)
    require(settings.MAIL_IS_SET_UP, errors.NoMail)
    require(bool(deliverable(person.email)), errors.PersonWithoutAddress)
    _mail_link(person, by)


def set_roles(person: User, roles: Mapping[str, bool], *, by: str) -> None:
    """Give and take these roles of ROLES, and no other; inside a transaction, the person locked.

    `by` is no account: what stands behind it has been asked already. Raises OnlyRepresentativesManage.
    """
    now = values_of(person)
    then = {**now, **roles}
    require(then["representative"] or not then["manager"], errors.OnlyRepresentativesManage)
    if changes := changes_between(now, then, roles):
        save_values(person, changes, by)


def save_values(person: User, changes: Mapping[str, Any], by: User | str) -> None:
    """Write what was asked for already, of a locked account."""
    save_own_values(person, changes, by)
    give_more_roles({person: changes}, by)


def give_more_roles(changes: Changes, by: User | str) -> None:
    """Those of apps above, after the roles of an account itself, on which they stand."""
    with changed_by(by):
        for roles in MORE_ROLES:
            roles.give(changes)


def save_own_values(person: User, changes: Mapping[str, Any], by: User | str) -> None:
    """Write what is kept with the account itself."""
    own = {name: value for name, value in changes.items() if name in {*WHO, STAFF}}
    if "administrator" in changes:
        own["is_staff"] = own["is_superuser"] = changes["administrator"]
    for name, value in own.items():
        setattr(person, name, value)
    with changed_by(by):
        if own:
            _save_account(person, [*own])
        if not changes.keys().isdisjoint({"representative", "manager", *LIMITS}):
            _save_privileges(person, changes)


def both_locked(person: User, by: User) -> tuple[User, User]:
    """Both read again, in the order of their keys: two who change each other wait, and do not block each other."""
    try:
        rows = {pk: User(pk=pk).locked() for pk in sorted({person.pk, by.pk})}
    except User.DoesNotExist as error:
        raise errors.AccountDeleted from error
    person, by = rows[person.pk], rows[by.pk]
    require(may_change_people(by), errors.NotAnAdministrator)
    require(holds_no_more(person, by), errors.HoldsMore)
    return person, by


def _require_possible(person: User, changes: Mapping[str, Any], now: Mapping[str, Any], by: User) -> None:
    """Also where another administrator took the one role while this one gave the other."""
    for _name, refusal in why_not(person, changes, {**now, **changes}, by=by):
        raise refusal


def _save_account(person: User, names: list[str]) -> None:
    """The form has looked at the name already, but somebody else may have taken it since."""
    require("username" not in names or not is_name_taken(person.username, besides=person), errors.UsernameTaken)
    try:
        with transaction.atomic():
            person.save(update_fields=names if person.pk else None)
    except IntegrityError as error:
        raise errors.UsernameTaken from error


def _save_privileges(person: User, changes: Mapping[str, Any]) -> None:
    """A limit of somebody who is no representative is no limit."""
    row = CsrPrivileges.objects.select_for_update().filter(user=person).first()
    own = {name: changes[name] for name in ["manager", *LIMITS] if name in changes}
    if not changes.get("representative", row is not None):
        if row:
            row.delete()
    elif row is None:
        CsrPrivileges.objects.create(user=person, **own)
    elif own:
        for name, value in own.items():
            setattr(row, name, value)
        row.save(update_fields=[*own])


def _mail_link(person: User, by: User) -> None:
    require(rate_limiter().hit(LINKS, str(by.pk)), errors.TooManyLinks)
    post_again(CHOOSE, person.pk)
    security_log.note("password_link_sent", account=person.username, by=by.username)


def _log(person: User, what: int, said: Any, by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [person], what, said)
