"""What follows at once when somebody's rights change: the log for attacks says so, and their pages are asked for again.

A change that sends no signal (SQL, `QuerySet.update`) is found by the next heartbeat.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from supportcenter import security_log
from supportcenter.accounts.actions.picture_rows import delete_unused
from supportcenter.accounts.models import CsrPrivileges, SitePicture, User
from supportcenter.accounts.rights import rights_changed
from supportcenter.live.delivery import transport
from supportcenter.live.sockets.viewers import sign_in_digest

# The fields that say what an account may do, and whose it is. Of some the log says only that they have changed.
RIGHTS: dict[type[Model], tuple[str, ...]] = {
    # With a name and an address, a person gets in.
    User: ("username", "email", "password", "is_active", "is_staff", "is_superuser"),
    CsrPrivileges: ("manager", "multi_session", "max_customers", "switched_off"),
}

UNSAID = {"email", "password"}

_changing: ContextVar[User | None] = ContextVar("changing", default=None)


@contextmanager
def changed_by(user: User) -> Iterator[None]:
    """Inside, the log for attacks says that this user has changed the rights that change."""
    token = _changing.set(user)
    try:
        yield
    finally:
        _changing.reset(token)


def changing() -> User | None:
    """Who changes rights at this moment, where that is known."""
    return _changing.get()


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
    changed = {"created": True} if created else _changes(instance)
    if changed:
        tell_of_rights(instance, changed)


@receiver(post_save, sender=CsrPrivileges)
def privileges_saved(instance: CsrPrivileges, created: bool, **_: Any) -> None:
    changed = ({"csr": True} if created else {}) | _changes(instance)
    if changed:
        tell_of_rights(instance.user, changed)


@receiver(post_delete, sender=CsrPrivileges)
def privileges_deleted(instance: CsrPrivileges, **_: Any) -> None:
    tell_of_rights(instance.user, {"csr": False})


@receiver(post_delete, sender=User)
def account_deleted(instance: User, **_: Any) -> None:
    tell_of_rights(instance, {"deleted": True})
    delete_unused(SitePicture.objects.filter(pk=instance.picture_id))


@receiver(user_logged_out)
def signed_out(request: HttpRequest | None, **_: Any) -> None:
    """The sign-in's row is deleted only after this signal, so its pages are not asked: they are closed."""
    digest = request and sign_in_digest(request)
    if digest:
        transport.sign_out_pages(digest)


def _changes(instance: Any) -> dict[str, Any]:
    before: dict[str, Any] = getattr(instance, "rights_before", None) or {}
    changed = {name: getattr(instance, name) for name, value in before.items() if getattr(instance, name) != value}
    if "username" in changed:
        changed["username"] = f"{before['username']} -> {changed['username']}"
    return changed


def tell_of_rights(user: User, changed: dict[str, Any]) -> None:
    """Say in the log for attacks what has changed, and have the account's pages asked for again."""
    by = changing()
    says = ", ".join(name if name in UNSAID else f"{name}: {value}" for name, value in changed.items())
    security_log.note("rights_changed", account=user.username, by=by.username if by else None, changed=says)
    if "created" in changed:
        return
    transport.ask_again(user.pk)
    # Read again: the one at hand may remember a row that is gone.
    now = User.objects.select_related("csr_privileges").filter(pk=user.pk).first()
    if now:
        rights_changed.send(User, user=now)
