"""Which devices of a representative take what is pushed to them: they subscribe, and are subscribed no more (E65)."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from limits import RateLimitItemPerHour

from supportcenter import clock
from supportcenter.accounts.actions.pushing import plan
from supportcenter.accounts.errors import NotSubscribed, PushRefused, TooManyTrials
from supportcenter.accounts.models import PushSubscription, User
from supportcenter.accounts.push.news import TRIAL
from supportcenter.accounts.push.places import is_key, is_place_of_a_push_service, is_secret
from supportcenter.accounts.rate_limits import rate_limiter
from supportcenter.refusals import require

# Of one person; the one that subscribed first gives way.
MOST_DEVICES = 10
# Of one person.
TRIALS = RateLimitItemPerHour(20, namespace="push_trials")
# Seconds.
TRIAL_LIVES = 60


def device_of(sign_in: str, *, user: User) -> PushSubscription | None:
    """What this browser has, while they are signed in there."""
    return PushSubscription.objects.filter(user=user, sign_in_id=sign_in).first()


@transaction.atomic
def subscribe(*, endpoint: str, p256dh: str, auth: str, language: str, sign_in: str, by: User) -> PushSubscription:
    """Push to this browser from now on, in this language, until the sign-in with this key ends.

    A browser has one subscription, which is theirs who are signed in there now.

    Raises PushRefused.
    """
    by = by.locked()
    require(is_place_of_a_push_service(endpoint) and is_key(p256dh) and is_secret(auth), PushRefused)
    require(Session.objects.filter(pk=sign_in).exists(), PushRefused)
    keys = {"p256dh": p256dh, "auth": auth, "language": language}
    state = {"made_at": clock.now(), "last_ok_at": None, "fault": "", "fault_at": None}
    of_this = {"user": by, "sign_in_id": sign_in}
    row, _made = PushSubscription.objects.update_or_create(endpoint=endpoint, defaults={**of_this, **keys, **state})
    # A sign-in is one browser, which has let go of what it had before.
    mine = PushSubscription.objects.filter(user=by)
    mine.filter(sign_in_id=sign_in).exclude(pk=row.pk).delete()
    latest = mine.order_by("-made_at", "-pk").values_list("pk", flat=True)[:MOST_DEVICES]
    mine.exclude(pk__in=list(latest)).delete()
    return row


def unsubscribe(*, sign_in: str, by: User) -> None:
    """Push to this browser no more. Again changes nothing."""
    PushSubscription.objects.filter(user=by, sign_in_id=sign_in).delete()


@transaction.atomic
def send_trial(*, sign_in: str, by: User) -> None:
    """Send a test to this browser; what became of it stands in its row. Raises NotSubscribed, TooManyTrials."""
    row = device_of(sign_in, user=by)
    if row is None:
        raise NotSubscribed
    require(rate_limiter().hit(TRIALS, str(by.pk)), TooManyTrials)
    PushSubscription.objects.filter(pk=row.pk).update(last_ok_at=None, fault="", fault_at=None)
    plan(row.pk, TRIAL, row.pk, until=clock.now() + timedelta(seconds=TRIAL_LIVES))
