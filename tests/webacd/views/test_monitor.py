"""The monitor and the statistics, which are for managers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.webacd.factories import enter, make_queue, offered, offers_of, served
from tests.webacd.views.asking import post
from webacd.actions.agents.agent_pages import close_page
from webacd.actions.entering.waiting import abandon
from webacd.models import QueueEntry
from webacd.queries.statistics import statistics_by_queue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "status"), [("amal", 403), ("eve", 403), ("dana", 200)])
@pytest.mark.parametrize("name", ["monitor", "acd_figures", "acd_figures_csv", "acd_figures_xlsx"])
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


def test_monitor_reads_what_its_regions_share_once(
    client, dana, queue, amal_agent, policy, django_assert_max_num_queries
):
    enter(queue)
    client.force_login(dana)
    address = reverse("monitor_regions")
    counts = {}
    for names in ("queues", "agents", "queues,agents"):
        client.get(address, {"names": names})
        with django_assert_max_num_queries(14) as asked:
            assert client.get(address, {"names": names}).status_code == 200
        counts[names] = len(asked)
    # The state of the agents is four of them: the agents, their sessions, desks and offers.
    assert counts["queues,agents"] <= counts["queues"] + counts["agents"] - 4


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


def test_manager_chooses_the_queue_on_a_page_or_in_the_dialog(client, dana, queue, amal_agent):
    request = enter(queue)
    billing, _closed = make_queue("billing"), make_queue("old", is_active=False)
    client.force_login(dana)
    assert client.get(reverse("monitor")).content.decode().count("<option") == 0
    address = reverse("move_request", args=[request.pk])
    page, form = client.get(address), client.get(address, headers={"X-Requested-With": "fetch"})
    for answer in (page, form):
        assert list(answer.context["targets"]) == [billing]
        assert f'<option value="{billing.pk}">Billing</option>' in answer.content.decode()
    assert "<html" in page.content.decode()
    assert "<html" not in form.content.decode()
    abandon(request)
    assert client.get(address).status_code == 410


def test_manager_of_another_queue_is_not_asked(client, bilal, queue, amal_agent):
    make_queue("billing").managers.add(bilal)
    request = enter(queue)
    client.force_login(bilal)
    assert client.get(reverse("move_request", args=[request.pk])).status_code == 404


def test_monitor_costs_the_same_queries_for_many_queues(
    client, dana, queue, amal_agent, policy, django_assert_num_queries, django_assert_max_num_queries
):
    enter(queue)
    client.force_login(dana)
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("monitor"))
    for number in range(5):
        another = make_queue(f"queue-{number}", agents=[amal_agent])
        for name in ("Ann", "Ben"):
            enter(another, name)
    with django_assert_num_queries(len(one)):
        client.get(reverse("monitor"))


def test_monitor_says_that_no_page_is_open(client, dana, queue, amal_agent):
    close_page(amal_agent, amal_agent.pages.get().pk)
    client.force_login(dana)
    for region in ("agents", "queues"):
        assert "No page open" in client.get(reverse("monitor_region", args=[region])).content.decode()


def test_figures_by_both_formulas(client, dana, queue, amal_agent, amal, clock):
    queue.service_seconds = 20
    queue.save()
    served(queue, amal_agent, "In time")
    quick, slow = enter(queue, "Gone quickly"), enter(queue, "Gone slowly")
    abandon(quick)
    clock.forward(seconds=30)
    abandon(slow)
    day = timedelta(days=1)
    (statistics,) = statistics_by_queue([queue], timezone.now() - day, timezone.now() + day)
    assert (statistics.offered, statistics.answered, statistics.abandoned) == (3, 1, 2)
    assert statistics.service_level_of_answered == 100.0
    assert statistics.service_level_of_all == 66.7
    assert statistics.abandonment == 66.7
    client.force_login(dana)
    csv = client.get(reverse("acd_figures_csv")).getvalue().decode()
    assert "Queue,Technical support,3,1,2,0," in csv


def test_figures_of_several_queues_have_a_total(client, dana, queue, amal_agent):
    served(queue, amal_agent, "Carol")
    abandon(enter(make_queue("billing"), "Omar"))
    client.force_login(dana)
    answer = client.get(reverse("acd_figures"))
    assert (answer.context["all_queues"].offered, answer.context["all_queues"].abandoned) == (2, 1)
    assert answer.content.decode().count("<tfoot>") == 1


@pytest.mark.both_databases
@pytest.mark.parametrize(("queues", "rows"), [(2, 24), (10, 4), (26, 1)])
def test_many_queues_share_what_the_monitor_shows(client, dana, queues, rows):
    for number in range(queues):
        queue = make_queue(f"queue-{number:02}")
        for customer in range(rows + 1):
            enter(queue, f"Carol {customer}")
    client.force_login(dana)
    shown = client.get(reverse("monitor_region", args=["waiting"])).context["waiting_by_queue"]
    assert [len(entries) for _queue, entries in shown] == min(queues, 25) * [rows]
    assert all(entries.has_more for _queue, entries in shown)
