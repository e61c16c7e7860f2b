"""What happens to subscriptions: they are made, stopped, planned, sent, and switched off."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from supportcenter import clock, security_log
from supportcenter.accounts.errors import NoAddress, NoMail
from supportcenter.accounts.models import User
from supportcenter.audit.exports import in_english
from supportcenter.mail.outbox import post
from supportcenter.refusals import require
from supportcenter.report_mail.errors import NotYourReport, SubscriptionUnknown, TooManyReports
from supportcenter.report_mail.models import Subscription
from supportcenter.report_mail.reports import report_named
from supportcenter.report_mail.schedule import Rhythm
from supportcenter.text.addresses import deliverable

# The kind of these messages in the outbox.
REPORT = "report"
# Of one person.
MOST = 10
# Planned in one run; what is left follows with the next one.
AT_ONCE = 500

logger = logging.getLogger(__name__)


@transaction.atomic
def subscribe(report: str, *, rhythm: str, weekday: int, hour: int, attachment: str, by: User) -> Subscription:
    """Send `by` the report from now on. What they get already is changed, or switched on again."""
    by = by.locked()
    require(settings.MAIL_IS_SET_UP, NoMail)
    require(bool(deliverable(by.email)), NoAddress)
    known = report_named(report)
    require(known is not None and known.may_read(by), NotYourReport)
    mine = Subscription.objects.filter(user=by)
    wanted = {"report": report, "rhythm": rhythm, "weekday": weekday if rhythm == Rhythm.WEEKLY else 0, "hour": hour}
    row = mine.filter(**wanted).select_for_update().first() or Subscription(user=by, **wanted)
    require(row.pk is not None or mine.count() < MOST, TooManyReports)
    row.attachment, row.obstacle, row.switched_off_at = attachment, "", None
    row.next_due = row.schedule.next_after(clock.now())
    row.save()
    return row


def stop(pk: int, *, by: User) -> None:
    """Send it no more. Raises SubscriptionUnknown for one that is not theirs."""
    deleted, _rows = Subscription.objects.filter(pk=pk, user=by).delete()
    require(deleted > 0, SubscriptionUnknown)


def stop_linked(subscription: Subscription) -> None:
    """The same by the link of a message, which is good for that alone; pressing twice changes nothing."""
    Subscription.objects.filter(pk=subscription.pk).delete()


def plan_due() -> None:
    """Have everything sent that is due. On a site without a mail server it stays due."""
    if settings.MAIL_IS_SET_UP:
        now = clock.now()
        for pk in list(Subscription.objects.due(now).values_list("pk", flat=True)[:AT_ONCE]):
            _plan(pk, now)


@transaction.atomic
def _plan(pk: int, now: datetime) -> None:
    """One message for the latest time that is due, in the transaction that moves on: no time has two, none is lost."""
    row = Subscription.objects.due(now).select_for_update().filter(pk=pk).first()
    if row:
        due = row.plan(now)
        post(REPORT, row.pk, sending=number_of(due), of=due.isoformat())


def number_of(due: datetime) -> int:
    """Tells the report of `due` from the subscription's others."""
    return int(due.timestamp())


@transaction.atomic
def allow_sending(pk: int, due: datetime) -> Subscription | None:
    """The subscription whose report of `due` has to be sent; None if it has been, or is wanted or allowed no more.

    Whether the person may read it is asked now, and if not, nothing of it is sent any more.
    """
    row = _locked(pk)
    if row is None or not row.is_on or (row.sent_due and row.sent_due >= due):
        return None
    obstacle = obstacle_of(row)
    if obstacle:
        row.switch_off(obstacle, clock.now())
        logger.warning("Report by mail %s of account %s is switched off: %s", row.pk, row.user_id, obstacle)
    return None if obstacle else row


@transaction.atomic
def confirm_sending(pk: int, due: datetime, *, at: datetime) -> None:
    """The mail server has taken the report of `due`. News of an older one does not count."""
    is_older = Q(sent_due=None) | Q(sent_due__lt=due)
    if Subscription.objects.filter(is_older, pk=pk).update(sent_due=due, sent_at=at):
        row = Subscription.objects.select_related("user").get(pk=pk)
        report = report_named(row.report)
        title = in_english(report.title) if report else None
        security_log.note("report_mailed", account=row.user.username, report=title)


def obstacle_of(row: Subscription) -> str:
    report = report_named(row.report)
    if not row.user.is_active:
        return Subscription.Obstacle.ACCOUNT
    if report is None or not report.may_read(row.user):
        return Subscription.Obstacle.RIGHT
    return "" if deliverable(row.user.email) else Subscription.Obstacle.ADDRESS


def _locked(pk: int) -> Subscription | None:
    return Subscription.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk).first()
