"""Later work of distribution. Each handler checks what is true when it runs, so running one twice does no harm.

Some names of jobs are older than those of their functions, and stay: databases hold them.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.core.mail import EmailMessage
from django.db.models import Manager, Model
from django.utils.translation import gettext_lazy as _

from supportcenter import clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.later import run_later
from supportcenter.jobs.workers.runner import handler
from supportcenter.jobs.workers.startup import on_startup
from supportcenter.live import SILENCE
from supportcenter.mail.models import Delivery
from supportcenter.mail.owners import composer
from webacd.actions import reconcile, retention
from webacd.actions.agents import agent_pages, agents
from webacd.actions.entering import left_mail, waiting
from webacd.actions.helping.finish import end_unanswered
from webacd.actions.monitoring import positions
from webacd.actions.notify import ROUTE, TELL_POSITIONS
from webacd.actions.offering import offers
from webacd.actions.offering.route import route
from webacd.actions.transfer import in_transfer
from webacd.mail import mail_of
from webacd.models import Agent, HelpRequest, SupportRequest

Row = TypeVar("Row", bound=Model)


@handler(ROUTE, words=_("Distribute waiting customers"))
def route_waiting() -> None:
    # What asked for these has been committed, so this run sees it too.
    now = clock.now()
    Job.objects.filter(kind=ROUTE, lease_until=None, due__lte=now).delete()
    route()


@handler(TELL_POSITIONS, words=_("Tell waiting customers their position"))
def tell_positions() -> None:
    if positions.tell_positions():
        run_later(TELL_POSITIONS, due=clock.now() + positions.AGAIN)


@handler("webacd.expire_offers", words=_("End unanswered offers"))
def expire_offers(requests: list[int]) -> None:
    for request in requests:
        _with(SupportRequest.objects, request, offers.expire)


@handler("webacd.withdraw_from", words=_("Withdraw an agent’s offers"))
def withdraw_from(agent: int) -> None:
    _with(Agent.objects, agent, offers.withdraw_from)


@handler("webacd.return_over", words=_("End the place of a customer who did not come back"))
def return_over(request: int) -> None:
    _with(SupportRequest.objects, request, waiting.end_absence)


@handler("webacd.wait_over", words=_("End a wait that took too long"))
def wait_over(request: int) -> None:
    _with(SupportRequest.objects, request, waiting.end_wait)


@handler("webacd.transfer_over", words=_("End a transfer that no one accepted"))
def transfer_over(request: int) -> None:
    _with(SupportRequest.objects, request, in_transfer.give_up)


@handler("webacd.help_over", words=_("End a request for help that no one answered"))
def help_over(request: int) -> None:
    _with(HelpRequest.objects, request, end_unanswered)


@handler("webacd.agent_vanished", words=_("Make a vanished agent Away"))
def agent_vanished(agent: int) -> None:
    _with(Agent.objects, agent, lambda row: agents.set_away_for(row, Agent.AwayCause.VANISHED))
    _with(Agent.objects, agent, offers.withdraw_from)


@handler("webacd.agent_missing", words=_("Make an agent without a page Away"))
def agent_missing(agent: int) -> None:
    _with(Agent.objects, agent, agent_pages.end_absence)


@handler("webacd.mail_message", outward=True, words=_("Mail a message to a queue’s agents"))
def mail_message(message: int) -> None:
    left_mail.mail_to_members(message)


@composer(left_mail.LEFT_MESSAGE, words=_("Left message"))
def compose_left_message(delivery: Delivery) -> EmailMessage | None:
    found = left_mail.still_wanted(delivery)
    return mail_of(*found) if found else None


@handler("webacd.sweep", every=timedelta(seconds=15), words=_("Look after queues and agents"))
def reconcile_all() -> None:
    waiting.find_silent(SILENCE)
    agent_pages.find_silent()
    agent_pages.end_late_absences()
    waiting.end_waits_in_closed_queues()
    reconcile.reconcile()
    route()


@handler("webacd.retention", every=timedelta(hours=1), words=_("Delete queue data that is due"))
def keep_no_longer() -> None:
    if retention.forget_what_is_due():
        run_later("webacd.retention_goes_on")


handler("webacd.retention_goes_on", words=_("Delete more queue data that is due"))(keep_no_longer)


@on_startup
def restart_graces() -> None:
    agent_pages.restart_graces()
    agent_pages.find_silent()


def _with(rows: Manager[Row], pk: int, action: Callable[[Row], object]) -> None:
    row = rows.filter(pk=pk).first()
    if row:
        action(row)
