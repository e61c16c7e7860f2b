"""The panel says how the customer came through a queue, and no customer's page has any of it (E62)."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import Participant
from sessions_app.rules.seats import seat_cookie
from tests.factories import be_here, make_customer
from tests.webacd.factories import enter, offered
from webacd.actions.offering.accept import accept
from webacd.actions.transfer.transfer import transfer_to_agents
from webacd.models import SupportRequest
from webacd.queries.customer_panel import request_of, transfer_of

pytestmark = pytest.mark.django_db
ANSWERS = [{"label": "Device", "label_ar": "الجهاز", "value": "A <printer>"}]
ANSWER = '<div><dt><bdi>Device</bdi></dt><dd dir="auto">A &lt;printer&gt;</dd></div>'


@pytest.fixture
def session(queue, amal_agent, clock):
    """Carol came by the queue, waited seven seconds, and amal has her."""
    enter(queue, answers=ANSWERS, email="carol@example.org")
    clock.forward(seconds=7)
    return everybody_is_here(accept(offered(amal_agent), by=amal_agent.user))


def everybody_is_here(session):
    session.refresh_from_db()
    for participant in Participant.objects.present().filter(session=session).select_related("session", "user"):
        be_here(participant)
    return session


def carol_of(session):
    return session.participants.customers().get(name="Carol")


def page(client, user, name, *args):
    client.force_login(user)
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def test_console_shows_queue_wait_and_answers(client, session, amal):
    shown = page(client, amal, "dashboard_region", session.key, "customer")
    assert '<dt>Joined by</dt><dd><span class="sentence">queue</span>' in shown
    assert "<dt>Queue</dt><dd><bdi>Technical support</bdi></dd>" in shown
    assert '<dt>Time waited</dt><dd><bdi class="digits" dir="ltr">0:07</bdi></dd>' in shown
    assert ANSWER in shown


def test_record_says_once_how_long_they_waited_and_what_they_answered(client, session, amal, bilal_agent):
    transfer_to_agents(session, [bilal_agent], by=session.primary)
    everybody_is_here(accept(offered(bilal_agent), by=bilal_agent.user))
    shown = page(client, bilal_agent.user, "record", session.key)
    customer, rest = shown.split('id="record-customer"')[1].split("</section>", 1)
    assert "<dt>Queue</dt><dd><bdi>Technical support</bdi></dd>" in customer
    for part in ("Time waited", ANSWER):
        assert part not in customer
        assert part in rest
    assert "Transferred" not in customer


def test_who_joins_the_same_session_otherwise_has_no_answers(session, amal):
    session.mode = "single"
    session.save()
    dave = make_customer(session, "Dave")
    assert dave.came_by == "number"
    assert request_of(dave) is None
    assert request_of(carol_of(session)).name == "Carol"


def test_of_those_who_came_before_it_was_noted_the_name_says_whose_request_it_was(session):
    Participant.objects.update(came_by="")
    assert request_of(carol_of(session)).name == "Carol"
    assert request_of(session.primary) is None


def test_transfer_is_told_once_it_was_accepted(client, session, amal, bilal_agent):
    transfer_to_agents(session, [bilal_agent], message="Knows the error", by=session.primary)
    assert transfer_of(carol_of(session)) is None
    everybody_is_here(accept(offered(bilal_agent), by=bilal_agent.user))
    shown = page(client, bilal_agent.user, "dashboard_region", session.key, "customer")
    assert "<dt>Transferred</dt> <dd><bdi>Amal</bdi>" in shown


def test_of_many_transfers_it_is_the_latest(session, amal, bilal):
    """Beyond twenty, too, and the request by which they came is still told."""
    answered = {"session": session, "outcome": "answered", "outcome_at": session.started_at}
    for by in [amal] * 24 + [bilal]:
        SupportRequest.objects.create(name="Carol", kind="transferred", transferred_by=by, **answered)
    assert transfer_of(carol_of(session)).transferred_by == bilal
    assert request_of(carol_of(session)).kind == "entered"


def test_nothing_of_an_erased_customer_is_told(session, dana, client):
    end_session(session, by=session.primary)
    erase_customer(session, carol_of(session), by=dana)
    shown = page(client, dana, "record", session.key)
    assert "erased customer" in shown
    assert "printer" not in shown
    assert "<dt>Queue</dt>" not in shown


def test_no_page_of_the_customer_has_the_panel(client, session, queue):
    carol = carol_of(session)
    client.cookies[seat_cookie(session.key)] = carol.new_seat()
    shown = client.get(reverse("remote_support", args=[session.key])).content.decode()
    shown += client.get(reverse("customer_region", args=[session.key, "roster"])).content.decode()
    assert "Participants" in shown
    assert "Been here before" not in shown
    assert "printer" not in shown
    assert client.get(reverse("customer_region", args=[session.key, "customer"])).status_code == 404
