"""Reports that are due. Planning is one row's transaction; sending is a job of its own, tried again if it fails."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from supportcenter import metrics
from supportcenter.jobs.workers.runner import handler
from supportcenter.report_mail.actions import SEND, begin_sending, confirm_sending, plan_due
from supportcenter.report_mail.message import message_of


@handler("report_mail.plan", every=timedelta(minutes=1), words=_("Look for reports to mail"))
def plan() -> None:
    plan_due()


@handler(SEND, slow=True, outward=True, words=_("Mail a report"))
def send(subscription: int, of: str) -> None:
    """Raise if the mail server is away or refuses, so that the runner tries again and keeps what has failed.

    A worker that dies between the server's "taken" and our note of it sends a second copy. It has the same Message-ID,
    by which mail programs know it for one.
    """
    due = datetime.fromisoformat(of)
    row = begin_sending(subscription, due)
    if row is None:
        return
    with metrics.outcome_of("mail"):
        message_of(row, due).send()
    confirm_sending(row.pk, due)
