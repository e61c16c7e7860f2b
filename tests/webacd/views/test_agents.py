"""The inbox, the Transfer Session dialog, the monitor and the figures, asked by everybody."""

import pytest
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import SupportSession
from tests.webacd.factories import enter, join_queue, make_agent, make_queue, offered, offers_of, served
from webacd.actions.agents.agent_pages import close_page
from webacd.actions.agents.agents import set_away_for, set_status
from webacd.actions.entering.messages import leave_message
from webacd.models import Agent, AwayReason, QueueEntry, SupportRequest

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def desk(client, amal):
    client.force_login(amal)
    return client


def post(client, name, *args, **fields):
    return client.post(reverse(name, args=args), fields, **FETCH)


def code(response):
    return response.json()["error"]["code"]


# ---- the inbox


@pytest.mark.parametrize("who", ["faris", "eve"])
def test_inbox_is_for_agents(client, request, queue, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("inbox")).status_code == 403
    assert code(post(client, "set_agent_status", status="available")) == "not_an_agent"


def test_navigation_leads_agents_to_it(client, amal, faris, queue):
    client.force_login(amal)
    assert reverse("inbox") in client.get("/").content.decode()
    client.force_login(faris)
    assert reverse("inbox") not in client.get("/").content.decode()


def test_offer_is_shown_with_its_reason_and_can_be_accepted(desk, queue, amal_agent):
    enter(queue)
    offer = offered(amal_agent)
    page = desk.get(reverse("inbox")).content.decode()
    assert "Why you?" in page
    assert "The queue&#x27;s rule: Most idle." in page
    answer = post(desk, "accept_offer", offer.pk)
    assert answer.json() == {"session": SupportSession.objects.get().key}


def test_forged_offer(desk, queue):
    assert code(post(desk, "accept_offer", 999)) == "not_offered"


def test_status_with_a_reason(desk, queue, amal_agent):
    lunch = AwayReason.objects.create(name="Lunch", name_ar="غداء")
    post(desk, "set_agent_status", status=f"away-{lunch.pk}")
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_reason) == ("away", lunch)
    assert desk.post(reverse("set_agent_status"), {"status": "asleep"}).status_code == 404


def test_answering_a_message_starts_a_session_with_the_invitation_open(desk, queue, amal):
    message = leave_message(queue, name="Carol", email="c@example.org", text="Call me")
    response = desk.post(reverse("answer_message", args=[message.pk]))
    session = SupportSession.objects.get()
    assert response["Location"] == reverse("dashboard", args=[session.key]) + "#invite=c%40example.org"
    assert desk.post(reverse("answer_message", args=[message.pk]))["Location"] == response["Location"]
    assert SupportSession.objects.count() == 1
    end_session(session, by=session.primary)
    assert code(post(desk, "answer_message", message.pk)) == "already_answered"


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_is_cheap(desk, queue, amal_agent, count, policy, django_assert_max_num_queries):
    for number in range(count):
        leave_message(queue, name=f"Carol {number}", email="c@example.org", text="Call me")
        enter(queue)
    offered(amal_agent)
    with django_assert_max_num_queries(14):
        desk.get(reverse("inbox"))
    for region in ("status", "offers", "waiting", "messages", "transfers"):
        with django_assert_max_num_queries(8):
            assert desk.get(reverse("inbox_region", args=[region])).status_code == 200


# ---- the Transfer Session dialog


@pytest.fixture
def session_of_amal(queue, amal_agent):
    return served(queue, amal_agent)


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
    Agent.objects.filter(user=amal).delete()
    dashboard = client.get(reverse("dashboard", args=[session_of_amal.key])).content.decode()
    assert "Transfer Session" not in dashboard
    assert transfer(client, session_of_amal, queue=queue.pk).status_code == 403


def test_accepted_too_late(desk, queue, amal_agent, time_machine):
    enter(queue)
    offer = offered(amal_agent)
    time_machine.move_to(offer.expires_at, tick=False)
    assert code(post(desk, "accept_offer", offer.pk)) == "offer_over"


# ---- managers


@pytest.mark.parametrize(("who", "status"), [("amal", 403), ("eve", 403), ("dana", 200)])
@pytest.mark.parametrize("name", ["monitor", "acd_figures", "acd_figures_csv"])
def test_monitor_and_figures_are_for_managers(client, request, queue, who, status, name):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(name)).status_code == status


def test_manager_of_one_queue_sees_that_queue_alone(client, bilal, queue):
    queue.managers.add(bilal)
    make_queue("billing")
    client.force_login(bilal)
    page = client.get(reverse("monitor_region", args=["queues"])).content.decode()
    assert "Technical support" in page
    assert "Billing" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_monitor_regions_are_cheap(client, dana, queue, amal_agent, policy, count, django_assert_max_num_queries):
    for number in range(count):
        enter(queue, f"Carol {number}")
    client.force_login(dana)
    for region in ("queues", "agents", "waiting"):
        with django_assert_max_num_queries(14):
            assert client.get(reverse("monitor_region", args=[region])).status_code == 200


def test_manager_moves_sets_away_and_looks_up_why(client, dana, queue, amal_agent):
    billing = make_queue("billing")
    request = enter(queue)
    offered(amal_agent)
    client.force_login(dana)
    assert "Amal" in client.get(reverse("request_why", args=[request.pk])).content.decode()
    post(client, "move_request", request.pk, queue=billing.pk)
    assert QueueEntry.objects.get().queue == billing
    assert offers_of(amal_agent) == []
    post(client, "set_agent_away", amal_agent.pk)
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "manager")


def test_figures_by_both_formulas(client, dana, queue, amal_agent, amal, clock):
    from webacd.actions.entering.waiting import abandon
    from webacd.queries.statistics import statistics_by_queue

    queue.service_seconds = 20
    queue.save()
    served(queue, amal_agent, "In time")
    quick, slow = enter(queue, "Gone quickly"), enter(queue, "Gone slowly")
    abandon(quick)
    clock.forward(seconds=30)
    abandon(slow)
    from datetime import timedelta

    from django.utils import timezone

    day = timedelta(days=1)
    (statistics,) = statistics_by_queue([queue], timezone.now() - day, timezone.now() + day)
    assert (statistics.offered, statistics.answered, statistics.abandoned) == (3, 1, 2)
    assert statistics.service_level_of_answered == 100.0
    assert statistics.service_level_of_all == 66.7
    assert statistics.abandonment == 66.7
    client.force_login(dana)
    csv = client.get(reverse("acd_figures_csv")).content.decode()
    assert "Queue,Technical support,3,1,2,0," in csv


# ---- presence (E47)


def test_signing_out_of_the_site_ends_the_status(desk, queue, amal_agent):
    enter(queue)
    offered(amal_agent)
    desk.post(reverse("account_logout"))
    amal_agent.refresh_from_db()
    assert amal_agent.status == "signed_out"
    assert offers_of(amal_agent) == []


def test_who_is_no_agent_signs_out_as_ever(client, faris, queue):
    client.force_login(faris)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("cause", ["no_page", "unanswered", "vanished"])
@pytest.mark.parametrize("region", ["status", "away"])
def test_who_was_set_away_reads_why_and_is_available_by_one_press(desk, queue, amal_agent, cause, region):
    set_away_for(amal_agent, cause)
    page = desk.get(reverse("inbox_region", args=[region])).content.decode()
    assert "You have been set to Away because" in page
    assert '<button class="button button--small" name="status" value="available">' in page
    post(desk, "set_agent_status", status="available")
    assert "You have been set" not in desk.get(reverse("inbox_region", args=[region])).content.decode()


def test_who_was_set_away_may_stay_so_and_reads_it_no_longer(desk, queue, amal_agent):
    set_away_for(amal_agent, "no_page")
    assert "Stay away" in desk.get(reverse("inbox_region", args=["away"])).content.decode()
    post(desk, "set_agent_status", status="away")
    assert "You have been set" not in desk.get(reverse("inbox_region", args=["away"])).content.decode()
    amal_agent.refresh_from_db()
    assert (amal_agent.status, amal_agent.away_cause) == ("away", "chosen")


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


def test_monitor_says_that_no_page_is_open(client, dana, queue, amal_agent):
    close_page(amal_agent, amal_agent.pages.get().pk)
    client.force_login(dana)
    for region in ("agents", "queues"):
        assert "No page open" in client.get(reverse("monitor_region", args=[region])).content.decode()
