"""Which account an identity stands for: the one it had before, one that it is linked to, or a new one."""

from __future__ import annotations

import re

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from supportcenter import security_log
from supportcenter.accounts.errors import AddressHasAccount, NoAccountHere
from supportcenter.accounts.models import User
from supportcenter.accounts.people import accounts_at, is_name_taken
from supportcenter.accounts.receivers import changed_by
from supportcenter.accounts.sign_on.identity import Identity
from supportcenter.accounts.sign_on.roles import PROVIDER, give, roles_of
from supportcenter.accounts.sign_on.teams import lock_teams
from supportcenter.refusals import require
from supportcenter.text.addresses import deliverable

NOT_IN_A_USERNAME = re.compile(r"[^\w.@+-]+")
# Characters of a username and of a name, and how many times a name is tried with another number behind it.
LONGEST, MOST_TRIES = 150, 1000


def admit(identity: Identity) -> tuple[User, SocialAccount]:
    """The account that this identity signs in to, with what its groups give.

    Of two first sign-ins at the same moment, the second finds what the first has made.
    Raises NoAccountHere, AddressHasAccount.
    """
    try:
        return _admit(identity)
    except IntegrityError:
        return _admit(identity)


@transaction.atomic
def _admit(identity: Identity) -> tuple[User, SocialAccount]:
    lock_teams()
    row = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject).first()
    person = User.objects.get(pk=row.user_id).locked() if row else _linked(identity) or _made(identity)
    if row is None:
        row = SocialAccount.objects.create(user=person, provider=identity.issuer, uid=identity.subject)
    elif person.is_active and not person.has_usable_password():
        _follow(person, identity)
    # A disabled account stays as it is, and outside.
    if person.is_active and identity.groups is not None:
        give(person, identity.groups)
    return person, row


def _linked(identity: Identity) -> User | None:
    """The one account with the same address, if the provider may vouch for addresses and it has no identity yet."""
    if not deliverable(identity.email):
        return None
    there = list(accounts_at(identity.email)[:2])
    may_link = settings.SSO_LINK_BY_EMAIL and identity.is_verified and len(there) == 1
    require(not there or (may_link and _is_free(there[0], identity)), AddressHasAccount)
    if not there:
        return None
    person = there[0].locked()
    security_log.note("account_linked", account=person.username, subject=identity.subject)
    return person


def _is_free(person: User, identity: Identity) -> bool:
    """An administrator's account is linked only to whom the provider names as one."""
    administers = roles_of(identity.groups or ()).get("administrator", False)
    is_plain = not (person.is_superuser or person.is_staff)
    return (is_plain or administers) and not SocialAccount.objects.filter(user=person).exists()


def _made(identity: Identity) -> User:
    require(settings.SSO_CREATE_ACCOUNTS, NoAccountHere)
    person = User(username=_free_name(identity.username), language=get_language() or settings.LANGUAGE_CODE)
    person.set_unusable_password()
    _take_over(person, identity)
    with changed_by(PROVIDER), transaction.atomic():
        person.save()
    return person.locked()


def _follow(person: User, identity: Identity) -> None:
    """The names and the address of an account that only the provider signs in to are what it says they are."""
    before = (person.first_name, person.last_name, person.email)
    _take_over(person, identity)
    if before != (person.first_name, person.last_name, person.email):
        with changed_by(PROVIDER):
            person.save(update_fields=["first_name", "last_name", "email"])


def _take_over(person: User, identity: Identity) -> None:
    person.first_name = identity.first_name[:LONGEST] or person.first_name
    person.last_name = identity.last_name[:LONGEST] or person.last_name
    if deliverable(identity.email):
        person.email = identity.email


def _free_name(wanted: str) -> str:
    """The username that the provider suggests, with a number behind it if it is taken."""
    name = NOT_IN_A_USERNAME.sub("-", wanted).strip("-")[: LONGEST - 4] or "person"
    numbers = ["", *range(2, MOST_TRIES)]
    free = (f"{name}{number}" for number in numbers if not is_name_taken(f"{name}{number}", besides=User()))
    found = next(free, None)
    require(found is not None, NoAccountHere)
    return str(found)
