"""How a request for help ends (E64): the one place that closes it, and its questions with it.

Callers have locked the session. After it the request is locked, then the user and the agent who answers.
"""

from django.db import transaction

from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.live.log.actor import Actor
from supportcenter.live.log.eventlog import record_all
from webacd import events
from webacd.models import Agent, HelpQuestion, HelpRequest

Outcome, State = HelpRequest.Outcome, HelpQuestion.State


def lock_open(session: SupportSession) -> HelpRequest | None:
    """The session's open request for help, locked; None if there is none."""
    return HelpRequest.objects.open().filter(session=session).select_for_update().first()


def finish(
    session: SupportSession,
    request: HelpRequest,
    outcome: HelpRequest.Outcome,
    *,
    helper: Agent | None = None,
    by: Actor | None = None,
) -> None:
    """Close the request, and take away every question that is still open; all are told at once."""
    request.mark_over(outcome, agent=helper)
    open_ones = list(HelpQuestion.objects.open().filter(request=request).select_related("agent__user"))
    for question in open_ones:
        question.state = State.JOINED if question.agent == helper else State.OVER
    HelpQuestion.objects.bulk_update(open_ones, ["state"])
    taken_by = helper.display_name if helper else ""
    news = [(each.agent.stream, events.help_over(each, taken_by=taken_by)) for each in open_ones]
    if session.is_open:
        # After the end of a session nothing is added to what its record tells.
        told = events.help_answered(request, taken_by) if helper else events.help_ended(request)
        news.append((session.stream, told))
    record_all(news, by=by)


def is_askers(session: SupportSession, request: HelpRequest) -> bool:
    """Whether who asked has the session still, as it is locked: without that there is no one to help."""
    request.session = session
    return request.asker_has_the_session


@transaction.atomic
def end_unanswered(request: HelpRequest) -> None:
    """End a request that no one has answered in time."""
    session = request.session.locked()
    late = lock_open(session)
    if late and late.pk == request.pk and late.expires_at <= clock.now():
        finish(session, late, Outcome.UNANSWERED)


@transaction.atomic
def end_with_control(session: SupportSession) -> None:
    """End the request of a session that has ended, or that who asked controls no more."""
    session = session.locked()
    request = lock_open(session)
    if request and not is_askers(session, request):
        finish(session, request, Outcome.SESSION_OVER)


@transaction.atomic
def end_if_they_came(session: SupportSession, participant: int) -> None:
    """Who is asked and comes by another way, as with the session's number, has answered as well."""
    session = session.locked()
    request = lock_open(session)
    came = Participant.objects.present().filter(pk=participant, session=session).first()
    if request is None or came is None:
        return
    asked = HelpQuestion.objects.filter(request=request, agent__user=came.user_id).select_related("agent__user").first()
    if asked:
        finish(session, request, Outcome.JOINED, helper=asked.agent, by=came)
