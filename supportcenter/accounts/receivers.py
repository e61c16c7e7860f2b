"""What follows at once when somebody's rights change: the log for attacks says so, and their pages are asked for again.

A change that sends no signal (SQL, `QuerySet.update`) is found by the next heartbeat.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from supportcenter import security_log
from supportcenter.accounts.actions.picture_rows import delete_unused
from supportcenter.accounts.actions.sign_ins import make_over
from supportcenter.accounts.models import CsrPrivileges, SitePicture, User
from supportcenter.accounts.rights import rights_changed
from supportcenter.accounts.signed_out import Why
from supportcenter.acting import acting_user
from supportcenter.live.delivery import transport
from supportcenter.live.sockets.viewers import sign_in_digest
from supportcenter.security_log import Change

# The fields that say what an account may do, and whose it is. Of some the log says only that they have changed.
RIGHTS: dict[type[Model], tuple[str, ...]] = {
    # With a name and an address, a person gets in.
    User: ("username", "email", "password", "is_active", "is_staff", "is_superuser"),
    CsrPrivileges: ("manager", "multi_session", "max_customers", "switched_off"),
}

UNSAID = {"email", "password"}

_changing: ContextVar[str | None] = ContextVar("changing", default=None)


@contextmanager
def changed_by(user: User | str) -> Iterator[None]:
    """Inside, the log for attacks says that this user, or what is called that, has changed the rights that change."""
    token = _changing.set(user if isinstance(user, str) else user.username)
    try:
        yield
    finally:
        _changing.reset(token)


@receiver(pre_save, sender=User)
@receiver(pre_save, sender=CsrPrivileges)
def remember_rights(sender: type[Model], instance: Any, update_fields: Any = None, raw: bool = False, **_: Any) -> None:
    """Read what is about to be replaced. A sign-in saves the account too, but none of these fields."""
    fields = RIGHTS[sender]
    concerned = not raw and (update_fields is None or not set(fields).isdisjoint(update_fields))
    rows = {User: User.objects, CsrPrivileges: CsrPrivileges.objects}[sender]
    instance.rights_before = rows.filter(pk=instance.pk).values(*fields).first() if concerned and instance.pk else {}


@receiver(post_save, sender=User)
def account_saved(instance: User, created: bool, **_: Any) -> None:
    changes = [role_change("created")] if created else list(_changes(instance))
    fields = {change.field: change.after for change in changes}
    if "password" in fields or fields.get("is_active") is False:
        make_over(instance, Why.PASSWORD if instance.is_active else Why.ACCOUNT)
    if changes:
        tell_of_rights(instance, changes)


@receiver(pre_delete, sender=User)
def account_is_deleted(instance: User, **_: Any) -> None:
    make_over(instance, Why.ACCOUNT)


@receiver(post_save, sender=CsrPrivileges)
def privileges_saved(instance: CsrPrivileges, created: bool, **_: Any) -> None:
    changes = [*([role_change("csr")] if created else []), *_changes(instance)]
    if changes:
        tell_of_rights(instance.user, changes)


@receiver(post_delete, sender=CsrPrivileges)
def privileges_deleted(instance: CsrPrivileges, **_: Any) -> None:
    tell_of_rights(instance.user, [role_change("csr", is_true=False)])


@receiver(post_delete, sender=User)
def account_deleted(instance: User, **_: Any) -> None:
    tell_of_rights(instance, [role_change("deleted")])
    delete_unused(SitePicture.objects.filter(pk=instance.picture_id))


@receiver(user_logged_out)
def signed_out(request: HttpRequest | None, **_: Any) -> None:
    """The sign-in's row is deleted only after this signal, so its pages are not asked: they are closed."""
    digest = request and sign_in_digest(request)
    if digest:
        transport.sign_out_pages(digest)


def _changes(instance: Any) -> Iterator[Change]:
    before: dict[str, Any] = getattr(instance, "rights_before", None) or {}
    for name, value in before.items():
        now = getattr(instance, name)
        if now != value:
            model = instance._meta.label_lower
            yield Change(model, name, is_said=False) if name in UNSAID else Change(model, name, value, now)


def role_change(name: str, *, is_true: bool = True) -> Change:
    """What is no field: whether there is an account, and whether it is a representative's."""
    return Change("", name, not is_true, is_true)


def _in_words(change: Change) -> str:
    if not change.is_said:
        return change.field
    is_both = change.field == "username" or change.after is None
    value = f"{change.before} -> {change.after}" if is_both else change.after
    return f"{change.field}: {value}"


def note_rights(user: User, changes: list[Change]) -> None:
    """Say in the logs what has changed of an account and, unless it was the person, who has changed it."""
    security_log.note("rights_changed", changes, **_told(user, changes))


def note_rights_of(each: Mapping[User, list[Change]]) -> None:
    """As `note_rights`, of many accounts in a transaction."""
    told = [_told(user, changes) for user, changes in each.items()]
    security_log.note_many("rights_changed", told, list(each.values()))


def _told(user: User, changes: list[Change]) -> dict[str, str | None]:
    by = _changing.get() or (acting.username if (acting := acting_user()) else None)
    says = ", ".join(_in_words(one) for one in changes)
    return {"account": user.username, "by": by if by != user.username else None, "changed": says}


def tell_of_rights(user: User, changes: list[Change]) -> None:
    """Say in the logs what has changed, and have the account's pages asked for again."""
    note_rights(user, changes)
    if changes == [role_change("created")]:
        return
    transport.ask_again(user.pk)
    # Read again: the one at hand may remember a row that is gone.
    now = User.objects.select_related("csr_privileges").filter(pk=user.pk).first()
    if now:
        rights_changed.send(User, user=now)
