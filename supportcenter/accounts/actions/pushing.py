"""News on their way to the devices of people: planned with what they tell of, and handed over by jobs (E65)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from supportcenter import clock
from supportcenter.accounts.models import NotificationSettings, PushSubscription
from supportcenter.accounts.notification_kinds import kind_for
from supportcenter.accounts.push import service
from supportcenter.accounts.push.news import TRIAL, News, news_of
from supportcenter.accounts.push.places import is_place_of_a_push_service
from supportcenter.accounts.rights import is_signed_in
from supportcenter.accounts.sign_in import SignIn
from supportcenter.jobs.outbox.later import run_all_later, run_later
from supportcenter.json_types import Json
from supportcenter.kept_sql import OneOf, kept_values

PUSH_TO_DEVICE = "accounts.push"
# How often one message is tried, and how many seconds after the first time; then it is twice as many.
MOST_ATTEMPTS, PAUSE = 6, 2
# To the devices of all whom the same moment concerns; those that subscribed last come first.
MOST_MESSAGES = 1000


class Told(NamedTuple):
    """A person, by their key, is told of a row, but not after `until`."""

    user: int
    subject: int
    until: datetime


def push(what: str, told: Collection[Told]) -> None:
    """Push this to the devices of these people, once the caller's transaction has committed."""
    of_user = defaultdict[int, list[Told]](list)
    for each in told:
        of_user[each.user].append(each)
    messages = ((device, each) for device, user in _devices(users=list(of_user)) for each in of_user[user])
    run_all_later(PUSH_TO_DEVICE, [_payload(device, what, one) for device, one in islice(messages, MOST_MESSAGES)])


@kept_values
def _devices(*, users: list[int]) -> QuerySet[PushSubscription, Any]:
    rows = PushSubscription.objects.filter(OneOf(F("user"), users)).order_by("-made_at", "-pk")
    return rows.values_list("pk", "user_id")[:MOST_MESSAGES]


def plan(
    device: int, what: str, subject: int, *, until: datetime, attempt: int = 1, due: datetime | None = None
) -> None:
    ends = until.isoformat()
    run_later(PUSH_TO_DEVICE, due=due, device=device, what=what, subject=subject, until=ends, attempt=attempt)


def _payload(device: int, what: str, told: Told) -> dict[str, Json]:
    return {"device": device, "what": what, "subject": told.subject, "until": told.until.isoformat(), "attempt": 1}


def send(device: int, what: str, subject: int, *, until: datetime, attempt: int) -> None:
    """Hand it over, if it is news still, and theirs to hear: all of that is asked now."""
    rows = PushSubscription.objects.select_related("user", *(f"user__{name}" for name in SignIn.read_along))
    row, left = rows.filter(pk=device).first(), int((until - clock.now()).total_seconds())
    if row is None or left < 1:
        return
    if not _may_hear(row):
        row.delete()
        return
    # The setting may allow it again, and the browser would not know.
    if not is_place_of_a_push_service(row.endpoint):
        return
    with translation.override(row.language):
        news = _trial() if what == TRIAL else news_of(what, subject, row.user)
    message = news and _message(news, row)
    if news is None or message is None:
        return
    answer = service.hand_over(row.place, message, seconds=left, topic=news.tag)
    _note(row, answer.outcome)
    if answer.outcome is service.Outcome.AWAY and attempt < MOST_ATTEMPTS:
        again = clock.now() + timedelta(seconds=max(answer.again_in, PAUSE * 2 ** (attempt - 1)))
        if again < until:
            plan(device, what, subject, until=until, attempt=attempt + 1, due=again)


def _may_hear(row: PushSubscription) -> bool:
    """Whether that browser is signed in still, with an account that is in use and a representative's."""
    return is_signed_in(row.user, row.sign_in_id) and row.user.is_csr


def _message(news: News, row: PushSubscription) -> dict[str, Json] | None:
    """What the service worker shows; None if the person does not want to be told."""
    is_silent = False
    if news.kind != TRIAL:
        settings, kind = NotificationSettings.of(row.user), kind_for(row.user, news.kind)
        if kind is None or not settings.may_show(kind, clock.now()):
            return None
        is_silent = kind.name in settings.silent
    direction = "rtl" if translation.get_language_info(row.language)["bidi"] else "ltr"
    shown = {"title": news.title, "tag": news.tag, "url": news.url, "lang": row.language, "dir": direction}
    return {**shown, "silent": is_silent, "always": news.kind == TRIAL}


def _note(row: PushSubscription, outcome: service.Outcome) -> None:
    mine, now = PushSubscription.objects.filter(pk=row.pk, endpoint=row.endpoint), clock.now()
    if outcome is service.Outcome.GONE:
        mine.delete()
    elif outcome is service.Outcome.ACCEPTED:
        mine.update(last_ok_at=now, fault="", fault_at=None)
    else:
        fault = PushSubscription.Fault.AWAY if outcome is service.Outcome.AWAY else PushSubscription.Fault.REFUSED
        mine.update(fault=fault, fault_at=now)


def _trial() -> News:
    return News(TRIAL, gettext("This is how a notification looks"), TRIAL, reverse("notifications"))
