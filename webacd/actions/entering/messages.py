"""Messages left instead of waiting: emailed to the queue's members, and in their inbox until one of them replies."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from sessions_app.actions.lifecycle.start import start_session
from sessions_app.models import SupportSession
from supportcenter.accounts.models import User
from supportcenter.jobs.outbox.later import run_later
from supportcenter.refusals import require
from webacd import events
from webacd.actions.entering.queue_entries import lock_if_waiting, lock_queue, record_news, stop_waiting
from webacd.errors import AlreadyAnswered, NotAnAgent
from webacd.models import Agent, LeftMessage, Queue, SupportRequest
from webacd.queries.queues import members_of
from webacd.rules.permissions import may_answer_message, require_agent


@transaction.atomic
def leave_message(
    queue: Queue,
    *,
    name: str,
    email: str,
    text: str,
    language: str = "en",
    request: SupportRequest | None = None,
    press: str = "",
) -> LeftMessage:
    """Store the message and tell the queue's members; a waiting customer who leaves one stops waiting (acd 9).

    Repeating the same `press`, or the same words, returns the message that it left. What somebody adds to a message of
    theirs stands below it, until it is mailed or answered; then it is a message of its own. Raises QueueUnknown.
    """
    queue = lock_queue(queue)
    if request and (entry := lock_if_waiting(request)):
        stop_waiting(entry.request, SupportRequest.Outcome.LEFT_MESSAGE, by=entry.request)
    already = LeftMessage.objects.select_for_update().filter(request=request).first() if request else None
    if already and already.email == email:
        if already.says(text):
            return already
        if already.add(text):
            _tell_members(already)
            return already
    # A request has one message.
    request = None if already else request
    facts = {"queue": queue, "request": request, "name": name, "email": email, "text": text, "language": language}
    message, is_new = LeftMessage.objects.get_or_create(press=press or secrets.token_urlsafe(32), defaults=facts)
    if is_new:
        _tell_members(message)
    return message


@transaction.atomic
def answer_message(message: LeftMessage, *, by: User) -> SupportSession:
    """Reply to a message with a session, in which the agent writes the invitation (S2, S3).

    Once more by the same agent returns that session, as long as it is open. Raises NotAnAgent, AlreadyAnswered, and
    what `start_session` raises.
    """
    message = LeftMessage.objects.select_for_update(of=("self",)).select_related("queue").get(pk=message.pk)
    agent = require_agent(by)
    require(may_answer_message(agent, message), NotAnAgent)
    if message.answered_by_id == by.pk and message.session and message.session.is_open:
        return message.session
    require(message.answered_at is None, AlreadyAnswered)
    session = start_session(email_box=True, by=by)
    message.mark_answered(by, session)
    record_news([(agent.stream, events.message_answered(message)) for agent in _members(message)], by=by)
    return session


def _tell_members(message: LeftMessage) -> None:
    record_news([(agent.stream, events.message_left(message)) for agent in _members(message)])
    if settings.MAIL_IS_SET_UP:
        run_later("webacd.mail_message", message=message.pk)


def _members(message: LeftMessage) -> Iterable[Agent]:
    return members_of(message.queue) if message.queue else []
