"""Ask a queue for help (E64): its agents are asked to assist, and the session stays with who asks."""

import math
from datetime import timedelta

from sessions_app.actions.locking import PRIMARY, session_action
from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.accounts.actions.pushing import Told, push
from supportcenter.accounts.models import User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.live.log.eventlog import record_all
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.queue_entries import lock_queue_in_use
from webacd.actions.helping.finish import finish, lock_open
from webacd.errors import HelpAskedTooOften, HelpIsAsked, NoOneToAsk
from webacd.models import HelpQuestion, HelpRequest, Queue
from webacd.queries.help_requests import helpers_in
from webacd.rules.permissions import require_agent
from webacd.rules.personal_message import checked
from webacd.rules.push_news import HELP

ASKED_FOR = timedelta(seconds=90)
# So often one person asks queues for help, in whichever of their sessions.
MOST_REQUESTS, WITHIN = 5, timedelta(minutes=5)


@session_action(who=PRIMARY)
def ask_for_help(session: SupportSession, queue: Queue | None, *, message: str = "", by: Participant) -> HelpRequest:
    """Ask the agents of the queue who can be reached now, of whom the first to say yes joins as an assistant.

    Raises SessionHasEnded, NotInControl, NotAnAgent, MessageTooLong, MessageUnreadable, HelpIsAsked, QueueUnknown,
    HelpAskedTooOften, NoOneToAsk.
    """
    require_agent(by.user)
    message = checked(message)
    require(not HelpRequest.objects.open().filter(session=session).exists(), HelpIsAsked)
    target = lock_queue_in_use(queue)
    user = by.account.locked()
    _require_pace(user)
    helpers = helpers_in(target, session)
    require(helpers, NoOneToAsk)
    until = clock.now() + ASKED_FOR
    request = HelpRequest.objects.create(
        session=session, queue=target, asked_by=user, message=message, expires_at=until
    )
    questions = HelpQuestion.objects.bulk_create(HelpQuestion(request=request, agent=agent) for agent in helpers)
    run_later("webacd.help_over", due=until, request=request.pk)
    news = [(question.agent.stream, events.help_wanted(question)) for question in questions]
    record_all([*news, (session.stream, events.help_asked(request, len(questions)))], by=by)
    push(HELP, [Told(question.agent.user_id, question.pk, until) for question in questions])
    return request


@session_action(who=PRIMARY)
def cancel_help(session: SupportSession, *, by: Participant) -> None:
    """Ask no longer. Where nothing is asked, nothing changes.

    Raises SessionHasEnded, NotInControl.
    """
    request = lock_open(session)
    if request:
        finish(session, request, HelpRequest.Outcome.CANCELLED, by=by)


def _require_pace(user: User) -> None:
    now = clock.now()
    lately = HelpRequest.objects.filter(asked_by=user, made_at__gt=now - WITHIN).order_by("-made_at")
    times = list(lately.values_list("made_at", flat=True)[:MOST_REQUESTS])
    if len(times) == MOST_REQUESTS:
        # The oldest of them makes room for the next.
        raise HelpAskedTooOften(retry_after=math.ceil((times[-1] + WITHIN - now).total_seconds()))
