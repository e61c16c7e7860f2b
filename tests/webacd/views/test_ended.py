"""What distribution adds to the page after a session."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from tests.factories import make_session
from tests.webacd.factories import enter, fresh, join_queue, make_agent, make_queue, offered, to_queue
from webacd.actions.offering.accept import accept

pytestmark = pytest.mark.django_db


def ended_page(client, session):
    end_session(session, by=session.primary)
    return client.get(reverse("dashboard", args=[session.key])).content.decode()


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "No customer is waiting in your queues."),
        (["Omar"], "1 customer is waiting in your queues."),
        (["Omar", "Lena"], "2 customers are waiting in your queues."),
    ],
)
def test_agent_reads_who_waits_in_their_own_queues(desk, session_of_amal, queue, names, sentence):
    for name in names:
        enter(queue, name)
    enter(make_queue("other"), "Mira")
    page = ended_page(desk, session_of_amal)
    assert sentence in page
    assert f'href="{reverse("inbox")}"' in page.split('class="next-customer"')[1]


def test_other_representatives_read_of_no_queue(client, faris):
    client.force_login(faris)
    assert "next-customer" not in ended_page(client, make_session(faris))


@pytest.fixture
def transferred(desk, session_of_amal, queue):
    """Amal has transferred the session to a queue."""
    return to_queue(session_of_amal, queue, confirmed=True, message="In a hurry")


def page_of(client, session):
    return client.get(reverse("dashboard", args=[session.key])).content.decode()


def test_transferor_reads_where_the_session_is_and_takes_it_back_from_there(desk, session_of_amal, transferred):
    page = page_of(desk, session_of_amal)
    assert "You have transferred the session" in page
    assert "Transferred to <bdi>Technical support</bdi>" in page
    assert f'data-transfer-of="{transferred.pk}"' in page
    answer = desk.post(reverse("take_back", args=[transferred.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("dashboard", args=[session_of_amal.key]), 302)]
    assert "data-in-control" in answer.content.decode()


def test_once_accepted_it_says_by_whom_and_offers_to_assist(desk, session_of_amal, queue, transferred, bilal):
    taken_by(queue, bilal)
    page = page_of(desk, session_of_amal)
    assert "Transferred to <bdi>Bilal</bdi>" in page
    assert reverse("take_back", args=[transferred.pk]) not in page
    session = fresh(session_of_amal)
    answer = desk.post(reverse("assist_session"), {"number": session.number}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("dashboard", args=[session.key])


def taken_by(queue, user):
    agent = make_agent(user)
    join_queue(queue, agent)
    accept(offered(agent), by=user)
