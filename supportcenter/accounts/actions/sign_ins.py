"""The sign-ins of a person, ended by themselves or by an administrator (E71): their pages close at once, everywhere."""

from __future__ import annotations

from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from supportcenter import clock, security_log
from supportcenter.accounts import errors
from supportcenter.accounts.models import PushSubscription, User
from supportcenter.accounts.people import holds_no_more, may_change_people
from supportcenter.accounts.session_store import SessionStore
from supportcenter.accounts.signed_out import ENDED, Why
from supportcenter.live.delivery import transport
from supportcenter.live.sockets.viewers import digest_of
from supportcenter.refusals import require


@transaction.atomic
def end_sign_in(sign_in: int, *, by: User) -> None:
    """Sign one's other device out. Raises SignInOver."""
    by = by.locked()
    keys = _keys_of(by, pk=sign_in)
    require(bool(keys), errors.SignInOver)
    _end(by, keys, Why.ELSEWHERE, by)


@transaction.atomic
def end_other_sign_ins(*, keep: str, by: User) -> int:
    """Sign all of one's devices out but the one whose session has the key `keep`; returns how many there were."""
    by = by.locked()
    keys = [key for key in _keys_of(by) if key != keep]
    _end(by, keys, Why.ELSEWHERE, by)
    return len(keys)


@transaction.atomic
def end_sign_ins_of(person: User, *, by: User) -> int:
    """Sign somebody out everywhere; returns how many sign-ins there were.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore.
    """
    try:
        rows = {pk: User(pk=pk).locked() for pk in sorted({person.pk, by.pk})}
    except User.DoesNotExist as error:
        raise errors.AccountDeleted from error
    person, by = rows[person.pk], rows[by.pk]
    require(may_change_people(by), errors.NotAnAdministrator)
    require(holds_no_more(person, by), errors.HoldsMore)
    keys = _keys_of(person)
    _end(person, keys, Why.ADMINISTRATOR, by)
    return len(keys)


def make_over(person: User, why: Why) -> list[str]:
    """End all sign-ins of an account whose password or whose right to sign in has changed; returns their keys.

    Their pages are asked for again, and not closed: the one that changed its own password goes on.
    """
    keys = _keys_of(person)
    _empty(keys, why)
    return keys


def close_sign_ins(keys: Collection[str], why: Why) -> None:
    """End these, and tell their browsers why; their pages close at once. Who may do so was asked already."""
    _empty(keys, why)
    for key in keys:
        transport.sign_out_pages(digest_of(key))


def _keys_of(person: User, **which: int) -> list[str]:
    return list(UserSession.objects.filter(user=person, **which).values_list("session_key", flat=True))


def _end(person: User, keys: Collection[str], why: Why, by: User) -> None:
    if not keys:
        return
    close_sign_ins(keys, why)
    by_other = by.username if by.pk != person.pk else None
    security_log.note("sign_ins_ended", account=person.username, by=by_other, count=len(keys))


def _empty(keys: Collection[str], why: Why) -> None:
    """Nothing of them is left but why they are over; a row is only told to the browser that has its key."""
    empty = SessionStore().encode({ENDED: why.value})
    over = Session.objects.filter(pk__in=keys, expire_date__gt=clock.now())
    over.update(session_data=empty, expire_date=clock.now())
    UserSession.objects.filter(session_key__in=keys).delete()
    PushSubscription.objects.filter(sign_in_id__in=keys).delete()
