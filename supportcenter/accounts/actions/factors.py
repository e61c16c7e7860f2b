"""Second factors as they are required, and taken away by somebody else (E70)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from supportcenter import clock, security_log
from supportcenter.accounts import errors
from supportcenter.accounts.actions.people import both_locked
from supportcenter.accounts.models import User
from supportcenter.accounts.models.factor_standing import is_required_of
from supportcenter.live.delivery import transport
from supportcenter.mail.outbox import post_again
from supportcenter.refusals import require

# The mail that tells of a change of somebody's second factor; it is about the account.
FACTOR_NEWS = "second_factor"


def begin_grace(user: User) -> None:
    """From now on their days are counted, if they are not yet."""
    if user.second_factor_from is None:
        now = clock.now()
        User.objects.filter(pk=user.pk, second_factor_from=None).update(second_factor_from=now)
        user.second_factor_from = now


def forget_days(rule: str) -> None:
    """The policy has another rule: whom it does not concern has all their days again when one does."""
    counting = User.objects.select_related("csr_privileges").filter(second_factor_from__isnull=False)
    over = [user.pk for user in counting if not is_required_of(user, rule)]
    User.objects.filter(pk__in=over).update(second_factor_from=None)


@transaction.atomic
def reset_factors(person: User, *, by: User) -> None:
    """Take away all second factors of a person who has lost theirs: the password lets them in, to set up another.

    Raises AccountDeleted, NotAnAdministrator, HoldsMore, NoSecondFactor.
    """
    person, by = both_locked(person, by)
    forget_factors(person, by=by.username)
    LogEntry.objects.log_actions(by.pk, [person], CHANGE, [{"changed": {"fields": ["second_factor"]}}])


@transaction.atomic
def forget_factors(person: User, *, by: str) -> None:
    """Raises NoSecondFactor."""
    gone, _each = Authenticator.objects.filter(user=person).delete()
    require(gone, errors.NoSecondFactor)
    security_log.note("second_factor_reset", account=person.username, by=by)
    post_again(FACTOR_NEWS, person.pk, what="reset")
    transport.ask_again(person.pk)
