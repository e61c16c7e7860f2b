"""One waiting customer and several agents; one agent who comes by sessions in several ways (E20, E26, S37)."""

from contextlib import suppress
from functools import partial

import pytest
from django.db.models import ProtectedError

from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.models import SupportSession
from supportcenter.refusals import Refused
from tests.factories import make_customer, make_session
from tests.races.together import refusals, together, winners
from tests.webacd.factories import enter, join_queue, make_agent, make_queue, offers_of
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.messages import leave_message
from webacd.actions.monitoring.supervisor import move_request
from webacd.actions.offering.accept import accept
from webacd.actions.offering.route import route
from webacd.actions.transfer.transfer import transfer_to_queue
from webacd.models import LeftMessage, Queue, QueueEntry

MESSAGE = {"name": "Carol", "email": "carol@example.org", "text": "Error 7"}
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def acceptances(scene, *agents):
    """A customer comes to a queue that asks all these agents at once; each accepts."""
    queue = make_queue(f"queue-{scene.number}", strategy="everybody")
    for agent in agents:
        join_queue(queue, agent)
    enter(queue)
    route()
    return [partial(accept, offers_of(agent)[0], by=agent.user) for agent in agents]


def delete_if_nobody_waits(queue):
    with suppress(ProtectedError):
        queue.delete()


def multi(person):
    person.csr_privileges.multi_session = True
    person.csr_privileges.save()
    return person


def test_first_to_accept_has_it_and_the_others_hear_who(rounds):
    for scene in rounds():
        agents = [make_agent(scene.person(name)) for name in ("hala", "omar", "rima")]
        outcomes = together(*acceptances(scene, *agents))
        assert refusals(outcomes) == ["taken"] * 2
        (session,) = winners(outcomes)
        assert session.primary.user in [agent.user for agent in agents]
        end_session(session, by=session.primary)


def test_agent_of_one_session_accepts_while_another_is_handed_to_them(rounds):
    for scene in rounds():
        (acceptance,) = acceptances(scene, make_agent(scene.bilal))
        outcomes = together(acceptance, partial(transfer_control, scene.session, scene.second, by=scene.primary))
        assert refusals(outcomes) in (["agent_is_full"], ["target_is_busy"])
        assert SupportSession.objects.controlled_by(scene.bilal).count() == 1


def test_agent_accepts_while_their_other_customers_bring_sessions_of_their_own(rounds):
    for scene in rounds():
        hala = make_agent(multi(scene.person("hala")))
        running = make_session(hala.user)
        make_customer(running)
        acceptance = acceptances(scene, hala)
        outcomes = together(*acceptance, *[partial(join_session, running, name="Omar") for _ in range(2)])
        assert refusals(outcomes) == []
        assert SupportSession.objects.controlled_by(hala.user).count() == 4


def test_message_or_customer_comes_while_the_queue_is_deleted(rounds):
    """Each is there before, or is told that there is no such queue; none is lost at commit."""
    for scene in rounds():
        queue = make_queue(f"queue-{scene.number}")
        messages, entries = LeftMessage.objects.count(), QueueEntry.objects.count()
        comers = [partial(leave_message, queue, **MESSAGE), partial(enter_queue, queue, name="Omar")]
        outcomes = together(*comers, partial(delete_if_nobody_waits, queue))
        assert set(refusals(outcomes)) <= {"queue_unknown"}
        is_left, has_entered = [not isinstance(outcome, Refused) for outcome in outcomes[:2]]
        assert LeftMessage.objects.count() - messages == is_left
        assert QueueEntry.objects.count() - entries == has_entered


def test_session_and_customer_are_sent_on_while_the_queue_is_deleted(rounds, dana):
    """As for those who come by themselves; who is told no stays where they are."""
    for scene in rounds():
        make_agent(scene.amal)
        queue = make_queue(f"queue-{scene.number}")
        key = queue.pk
        request = enter(make_queue(f"before-{scene.number}"))
        moves = [
            partial(transfer_to_queue, scene.session, queue, confirmed=True, by=scene.primary),
            partial(move_request, request, queue, by=dana),
        ]
        outcomes = together(*moves, partial(delete_if_nobody_waits, queue))
        assert set(refusals(outcomes)) <= {"queue_unknown"}
        is_transferred, is_moved = [not isinstance(outcome, Refused) for outcome in outcomes[:2]]
        assert SupportSession.objects.get(pk=scene.session.pk).is_in_transfer == is_transferred
        assert (QueueEntry.objects.get(request=request).queue_id == key) == is_moved
        assert Queue.objects.filter(pk=key).exists() or not (is_transferred or is_moved)
