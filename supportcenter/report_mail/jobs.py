"""Reports that are due. Planning is one row's transaction; the outbox sends them, and tries again if that fails."""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from supportcenter.jobs.workers.runner import handler
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post_once
from supportcenter.mail.owners import composer, on_change
from supportcenter.report_mail.actions import REPORT, allow_sending, confirm_sending, number_of, plan_due
from supportcenter.report_mail.message import message_of


@handler("report_mail.plan", every=timedelta(minutes=1), words=_("Look for reports to mail"))
def plan() -> None:
    plan_due()


@handler("report_mail.send", slow=True, outward=True, words=_("Mail a report"))
def send(subscription: int, of: str) -> None:
    """A job of an earlier release, which sent the message itself."""
    post_once(REPORT, subscription, sending=number_of(datetime.fromisoformat(of)), of=of)


@composer(REPORT, words=_("Report by mail"))
def compose_report(delivery: Delivery) -> EmailMessage | None:
    due = _due(delivery)
    row = allow_sending(delivery.subject, due)
    return message_of(row, due) if row else None


@on_change(REPORT)
def hear(delivery: Delivery) -> None:
    if delivery.sent_at:
        confirm_sending(delivery.subject, _due(delivery), at=delivery.sent_at)


def _due(delivery: Delivery) -> datetime:
    return datetime.fromisoformat(str(delivery.facts["of"]))
