"""What distribution does when something happens in a session, or a user signs out."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver

from sessions_app.models import Participant, SupportSession
from sessions_app.rules.briefing_hooks import register_source
from sessions_app.rules.closing_hooks import register_closing_rule
from sessions_app.rules.erasure_hooks import register_eraser
from sessions_app.rules.limits import register_limits
from sessions_app.rules.reach_hooks import register_reached
from sessions_app.rules.reply_hooks import register_source as register_replies
from sessions_app.rules.rescue_hooks import register_rescuer
from supportcenter.accounts.models import User
from supportcenter.accounts.past import past_elsewhere
from supportcenter.accounts.people import held_elsewhere
from supportcenter.accounts.receivers import note_rights, role_change
from supportcenter.accounts.rights import rights_changed
from supportcenter.jobs.outbox.later import run_later
from supportcenter.json_types import JsonObject
from supportcenter.live.delivery import transport
from supportcenter.live.log.eventlog import event_recorded
from supportcenter.live.models import Event
from webacd.actions.agents.agents import agents_changed, finish_work, sign_out
from webacd.actions.helping.finish import end_if_they_came, end_with_control
from webacd.actions.retention import erase_from_requests
from webacd.actions.transfer.in_transfer import customer_left, session_over
from webacd.actions.transfer.rescue import rescue_session
from webacd.models import Agent, Offer, Queue, SupportRequest
from webacd.queries.agent_history import agents_with_a_past
from webacd.queries.agents_here import agents_with_a_page
from webacd.queries.briefings import asked_of_queues, said_at_the_queues
from webacd.queries.closing import closing_of_queue
from webacd.queries.limits import OF_QUEUES
from webacd.queries.queue_replies import replies_of_the_queue
from webacd.rules.permissions import agent_of

SESSION = "session."

register_rescuer(rescue_session)
register_eraser(erase_from_requests)
register_reached(agents_with_a_page)
register_source(said_at_the_queues)
register_source(asked_of_queues, after="help.answered")
register_replies("queue", replies_of_the_queue)
register_closing_rule(closing_of_queue)
register_limits(OF_QUEUES)


@receiver(event_recorded)
def hear(event: Event, **_more: Any) -> None:
    if event.stream_name.startswith(SESSION) and event.type in HEARD:
        session = SupportSession.objects.filter(key=event.stream_name.removeprefix(SESSION)).first()
        if session:
            HEARD[event.type](session, event.data)


@receiver(user_logged_out)
def on_signed_out(user: User | None, **_more: Any) -> None:
    """A user who signs out of the site signs out of distribution as well (E47)."""
    if agent := agent_of(user):
        sign_out(agent)


@receiver(held_elsewhere)
def rights_in_queues(people: Collection[int], **_more: Any) -> dict[int, set[str]]:
    """Who serves a queue or manages one has that from people who set up queues."""
    agents = Agent.objects.filter(user__in=people, is_active=True).values_list("user", flat=True)
    managers = Queue.managers.through.objects.filter(user__in=people).values_list("user", flat=True)
    return {user: {"webacd.change_queue"} for user in (*agents, *managers)}


@receiver(past_elsewhere)
def past_in_queues(person: User, **_more: Any) -> bool:
    """The row of an agent goes with the account; what customers of a queue were answered does not."""
    return bool(agents_with_a_past(Agent.objects.filter(user=person)))


@receiver(rights_changed)
def on_rights_changed(user: User, **_more: Any) -> None:
    """An agent who is a CSR no longer gets no offers, and the ones they have go to others (E11)."""
    agent = None if user.is_csr else Agent.objects.filter(user=user).first()
    if agent:
        run_later("webacd.withdraw_from", agent=agent.pk)
        agents_changed()


@receiver(post_save, sender=Agent)
def on_agent_saved(instance: Agent, created: bool, **_more: Any) -> None:
    if created:
        _note(instance.user, "agent", is_one=True)
    elif not instance.is_active:
        transport.ask_again(instance.user_id)


@receiver(post_delete, sender=Agent)
def on_agent_deleted(instance: Agent, **_more: Any) -> None:
    _note(instance.user, "agent", is_one=False)


@receiver(m2m_changed, sender=Queue.managers.through)
def on_managers_changed(
    instance: Queue | User, action: str, pk_set: set[int] | None, reverse: bool, **_more: Any
) -> None:
    """A clearing says whom it concerns only before it happens; what is told leaves with the commit."""
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    if isinstance(instance, User):
        users = [instance]
    elif action == "pre_clear":
        users = list(instance.managers.all())
    else:
        users = list(User.objects.filter(pk__in=pk_set or ()))
    for user in users:
        _note(user, "manager of queues", is_one=action == "post_add")


@receiver(pre_delete, sender=Queue)
def on_queue_deleted(instance: Queue, **_more: Any) -> None:
    for user in instance.managers.all():
        _note(user, "manager of queues", is_one=False)


def _note(user: User, role: str, *, is_one: bool) -> None:
    note_rights(user, [role_change(role, is_true=is_one)])
    transport.ask_again(user.pk)


def on_started(session: SupportSession, _data: JsonObject) -> None:
    _may_be_full(session.primary_id)


def on_transferred(session: SupportSession, data: JsonObject) -> None:
    end_with_control(session)
    _work_is_finished(session, data["from"])
    _may_be_full(data["to"])


def on_joined(session: SupportSession, data: JsonObject) -> None:
    if data["role"] == "assistant":
        end_if_they_came(session, data["participant"])


def on_ended(session: SupportSession, _data: JsonObject) -> None:
    session_over(session)
    end_with_control(session)
    _work_is_finished(session, session.primary_id)


def on_released(session: SupportSession, data: JsonObject) -> None:
    end_with_control(session)
    _work_is_finished(session, data["from"])


def on_left(session: SupportSession, data: JsonObject) -> None:
    if data["role"] == "customer" and session.is_in_transfer:
        customer_left(session)


HEARD = {
    "session.started": on_started,
    "session.ended": on_ended,
    "control.released": on_released,
    "control.transferred": on_transferred,
    "participant.joined": on_joined,
    "participant.left": on_left,
}


def _may_be_full(participant: int | None) -> None:
    """Withdraw the open offers of an agent who has taken a session, if no slot is left."""
    agent = _agent(participant)
    if agent and Offer.objects.open().filter(agent=agent).exists():
        run_later("webacd.withdraw_from", agent=agent.pk)


def _work_is_finished(session: SupportSession, participant: int | None) -> None:
    """The session's agent is idle now, or wraps up if it came from a queue (acd 7)."""
    agent = _agent(participant)
    if agent:
        finish_work(agent, _wrap_up(session, agent))


def _agent(participant: int | None) -> Agent | None:
    csr = Participant.objects.filter(pk=participant).first() if participant else None
    return Agent.objects.filter(user=csr.user_id).first() if csr else None


def _wrap_up(session: SupportSession, agent: Agent) -> int:
    requests = SupportRequest.objects.filter(session=session, answered_by=agent).select_related("queue", "entry_queue")
    request = requests.first()
    queue = request and request.own_queue
    return queue.wrap_up_seconds if queue else 0
