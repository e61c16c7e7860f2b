"""What an agent says who is asked to help (E64): the first yes joins the session, and a no is one less to wait for."""

from django.db import transaction

from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.models import SupportSession
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.refusals import require
from supportcenter.refusals.found import found
from webacd import events
from webacd.actions.entering.queue_entries import record_news
from webacd.actions.helping.finish import finish, is_askers
from webacd.errors import HelpOver, HelpTaken, NotAnAgent, NotAsked, NotInTheQueue
from webacd.models import Agent, HelpQuestion, HelpRequest, QueueMembership
from webacd.queries.help_requests import TOLD

Outcome, State = HelpRequest.Outcome, HelpQuestion.State


@transaction.atomic
def join_to_help(question: HelpQuestion, *, by: User) -> SupportSession:
    """Join the session as an assistant, by Assist Session.

    Saying yes again returns the same session, to who is in it or came a moment ago: the way back later is another.

    Raises NotAsked, NotAnAgent, NotInTheQueue, HelpTaken, HelpOver.
    """
    session, request, question = _locked(question, by)
    user = by.locked()
    require(user.is_csr, NotAnAgent)
    agent = found(Agent.objects.select_for_update(no_key=True).filter(user=user, is_active=True).first(), NotAnAgent)
    agent.user = user
    # The latest rights count (E11): who may no longer be asked is told so, whatever has become of the question.
    require(QueueMembership.objects.filter(queue=request.queue_id, agent=agent).exists(), NotInTheQueue)
    if request.answered_by_id == agent.pk:
        require(session.is_open and _is_again(session, request, user), HelpOver)
        assist_session(session, by=user)
        return session
    if request.outcome == Outcome.JOINED and request.answered_by:
        raise HelpTaken(request.answered_by.display_name)
    require(request.is_open and is_askers(session, request), HelpOver)
    finish(session, request, Outcome.JOINED, helper=agent, by=agent)
    assist_session(session, by=user)
    return session


@transaction.atomic
def say_not_now(question: HelpQuestion, *, by: User) -> None:
    """Not now. When all who were asked have said so, the request is over; saying so again changes nothing.

    Raises NotAsked.
    """
    session, request, question = _locked(question, by)
    if question.state != State.OPEN:
        return
    question.state = State.DECLINED
    question.save(update_fields=["state"])
    # The question goes from the agent's other pages as well.
    record_news([(question.agent.stream, events.help_over(question))], by=question.agent)
    if not HelpQuestion.objects.open().filter(request=request).exists():
        finish(session, request, Outcome.DECLINED)


def _is_again(session: SupportSession, request: HelpRequest, user: User) -> bool:
    """Whether the helper is in the session, or reads still what they came for."""
    is_told = request.over_at is not None and clock.now() < request.over_at + TOLD
    return is_told or session.participants.present().filter(user=user).exists()


def _locked(question: HelpQuestion, by: User) -> tuple[SupportSession, HelpRequest, HelpQuestion]:
    """The rows in the order of locks, read again. Raises NotAsked for who was not asked this."""
    session = question.request.session.locked()
    request = question.request.locked()
    # Read behind the lock of its request, under which alone it changes.
    question = HelpQuestion.objects.select_related("agent__user").get(pk=question.pk)
    require(question.agent.user_id == by.pk, NotAsked)
    return session, request, question
