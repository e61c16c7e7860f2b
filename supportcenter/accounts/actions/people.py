"""People with an account, as they are added and changed in the settings of the product.

Who acts is an administrator at that moment, their row locked, and cannot take that from themselves: so no two can take
it from each other, and one always stays.
"""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.db import IntegrityError, transaction
from limits import RateLimitItemPerHour

from supportcenter import security_log
from supportcenter.accounts import errors
from supportcenter.accounts.account_form import ROLES, AccountForm
from supportcenter.accounts.models import CsrPrivileges, User
from supportcenter.accounts.people import holds_no_more, is_name_taken, may_add_people, may_change_people, may_give_role
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.accounts.receivers import changed_by
from supportcenter.mail.outbox import post_again
from supportcenter.refusals import require
from supportcenter.text.addresses import deliverable

# The mail with the link, in the outbox; it is about the account.
CHOOSE = "password_link"
# That one administrator sends.
LINKS = RateLimitItemPerHour(100, namespace="password_links")


@transaction.atomic
def add_person(form: AccountForm, *, by: User) -> User:
    """Give somebody an account: with the first password of a valid form, else with a link by mail to choose one.

    Raises NotAnAdministrator, RoleNotYours, UsernameTaken, TooManyLinks.
    """
    by = by.locked()
    require(may_add_people(by), errors.NotAnAdministrator)
    _require_roles(form.changes, by)
    person = form.instance
    person.set_password(form.cleaned_data.get("password1"))
    _save(person, form.changes, by)
    if not person.has_usable_password():
        _mail_link(person, by)
    _log(person, ADDITION, construct_change_message(cast("Any", form), [], add=True), by)
    return person


@transaction.atomic
def change_person(form: AccountForm, *, by: User) -> None:
    """Change of an account what a valid form changes, and nothing else.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, NotYourself, RoleNotYours, UsernameTaken,
    OnlyRepresentativesManage.
    """
    person, by = both_locked(form.instance, by)
    changes = form.changes
    require(person.pk != by.pk or changes.keys().isdisjoint([*ROLES, "is_active"]), errors.NotYourself)
    _require_roles(changes, by)
    if not changes:
        return
    _save(person, changes, by)
    _log(person, CHANGE, construct_change_message(cast("Any", form), [], add=False), by)


@transaction.atomic
def send_password_link(person: User, *, by: User) -> None:
    """Mail a person the link to choose a password.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, AccountDisabled, NoMail, PersonWithoutAddress, TooManyLinks.
    """
    person, by = both_locked(person, by)
    require(person.is_active, errors.AccountDisabled)
    require(settings.MAIL_IS_SET_UP, errors.NoMail)
    require(bool(deliverable(person.email)), errors.PersonWithoutAddress)
    _mail_link(person, by)


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


def _require_roles(changes: dict[str, Any], by: User) -> None:
    require(all(may_give_role(by, role) for role in ROLES if role in changes), errors.RoleNotYours)


def _save(person: User, changes: dict[str, Any], by: User) -> None:
    own = {name: value for name, value in changes.items() if name in AccountForm.Meta.fields}
    if "administrator" in changes:
        own["is_staff"] = own["is_superuser"] = changes["administrator"]
    for name, value in own.items():
        setattr(person, name, value)
    with changed_by(by):
        if own:
            _save_account(person, [*own])
        _save_privileges(person, changes)


def _save_account(person: User, names: list[str]) -> None:
    """The form has looked at the name already, but somebody else may have taken it since."""
    require("username" not in names or not is_name_taken(person.username, besides=person), errors.UsernameTaken)
    try:
        with transaction.atomic():
            person.save(update_fields=names if person.pk else None)
    except IntegrityError as error:
        raise errors.UsernameTaken from error


def _save_privileges(person: User, changes: dict[str, Any]) -> None:
    if changes.keys().isdisjoint({"representative", "manager"}):
        return
    row = CsrPrivileges.objects.select_for_update().filter(user=person).first()
    is_csr = changes.get("representative", row is not None)
    manages = changes.get("manager", bool(row and row.manager))
    # Another administrator may have taken the one role while this one gave the other.
    require(is_csr or not manages, errors.OnlyRepresentativesManage)
    if row is None and is_csr:
        CsrPrivileges.objects.create(user=person, manager=manages)
    elif row and not is_csr:
        row.delete()
    elif row and row.manager != manages:
        row.manager = manages
        row.save(update_fields=["manager"])


def _mail_link(person: User, by: User) -> None:
    require(rate_limiter().hit(LINKS, str(by.pk)), errors.TooManyLinks)
    post_again(CHOOSE, person.pk)
    security_log.note("password_link_sent", account=person.username, by=by.username)


def _log(person: User, what: int, said: Any, by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [person], what, said)
