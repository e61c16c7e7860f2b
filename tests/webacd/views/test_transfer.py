"""The Transfer Session dialog."""

import pytest
from django.urls import reverse

from tests.webacd.factories import join_queue, make_agent, make_queue, served
from tests.webacd.views.asking import FETCH, code, post
from webacd.actions.agents.agent_pages import close_page
from webacd.actions.agents.agents import set_status
from webacd.models import Agent, QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db


def transfer(client, session, **fields):
    return client.post(reverse("transfer_session", args=[session.key]), fields, **FETCH)


def test_dialog_shows_queues_and_agents_as_they_are(desk, session_of_amal, bilal):
    make_agent(bilal)
    url = reverse("transfer_session", args=[session_of_amal.key])
    assert "Technical support" in desk.get(url).content.decode()
    agents = desk.get(url + "?part=agents").content.decode()
    assert "Bilal" in agents
    assert "disabled" not in agents
    set_status(Agent.objects.get(user=bilal), "away", by=bilal)
    assert "disabled" in desk.get(url + "?part=agents").content.decode()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "nobody_chosen"),
        ({"queue": ["1", "2"]}, "one_queue_only"),
        ({"queue": "1", "agent": "1"}, "one_kind_only"),
        ({"queue": "999"}, "queue_unknown"),
        ({"queue": "x"}, "queue_unknown"),
        ({"agent": "999"}, "agent_unknown"),
        ({"agent": "-1"}, "agent_unknown"),
        ({"agent": "9" * 5000}, "agent_unknown"),
        ({"agent": "AWAY"}, "agent_not_available"),
        ({"agent": "FULL"}, "agent_at_capacity"),
        ({"queue": "CLOSED"}, "queue_unknown"),
        ({"queue": "OWN"}, "nobody_available"),
        ({"queue": "OWN", "confirmed": "1", "message": "x" * 346}, "message_too_long"),
        ({"queue": "OWN", "confirmed": "1", "message": "x\0"}, "message_unreadable"),
    ],
)
def test_bad_input_has_its_own_sentence_and_changes_nothing(
    desk, session_of_amal, queue, bilal, faris, fields, expected
):
    away, full = make_agent(bilal, available=False), make_agent(faris)
    served(make_queue("other", agents=[full]), full)
    closed = make_queue("closed", is_active=False)
    known = {"AWAY": away.pk, "FULL": full.pk, "CLOSED": closed.pk, "OWN": queue.pk}
    fields = {name: known.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
    response = transfer(desk, session_of_amal, **fields)
    assert code(response) == expected
    assert response.json()["error"]["message"]
    session_of_amal.refresh_from_db()
    assert session_of_amal.primary is not None
    assert not QueueEntry.objects.exists()


def test_transferring_to_a_queue(desk, session_of_amal, queue):
    assert transfer(desk, session_of_amal, queue=queue.pk, confirmed="1", message="Hello").status_code == 200
    session_of_amal.refresh_from_db()
    assert session_of_amal.primary is None
    page = desk.get(reverse("inbox")).content.decode()
    assert "Take back" in page
    request = SupportRequest.objects.waiting().get()
    assert post(desk, "take_back", request.pk).json() == {"session": session_of_amal.key}


def test_dialog_is_hidden_from_and_refused_to_who_is_no_agent(client, queue, session_of_amal, amal):
    client.force_login(amal)
    dashboard = client.get(reverse("dashboard", args=[session_of_amal.key])).content.decode()
    assert "Transfer Session" in dashboard
    Agent.objects.filter(user=amal).update(is_active=False)
    dashboard = client.get(reverse("dashboard", args=[session_of_amal.key])).content.decode()
    assert "Transfer Session" not in dashboard
    assert transfer(client, session_of_amal, queue=queue.pk).status_code == 403


def test_transfer_dialog_counts_no_agent_without_a_page(desk, session_of_amal, queue, bilal):
    agent = make_agent(bilal)
    join_queue(queue, agent)
    url = reverse("transfer_session", args=[session_of_amal.key])
    assert 'data-available="1"' in desk.get(url).content.decode()
    close_page(agent, agent.pages.get().pk)
    assert 'data-available="0"' in desk.get(url).content.decode()
    agents = desk.get(url + "?part=agents").content.decode()
    assert "No page open" in agents
    assert "disabled" in agents
