"""Figures of queues and agents: counted by the database as they were counted from one request after the other."""

from datetime import timedelta
from random import Random
from statistics import mean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_person, make_team
from tests.plans import plans, statements
from tests.webacd.factories import make_agent, make_queue
from webacd.models import SupportRequest
from webacd.queries.statistics import percent, statistics_by_agent, statistics_by_queue, statistics_for

pytestmark = pytest.mark.django_db
COLUMNS = [
    "name", "target", "offered", "answered", "abandoned", "lost_otherwise", "average_wait", "longest_wait",
    "abandonment", "service_level_of_answered", "service_level_of_all",
]  # fmt: skip
OVER = [each for each in SupportRequest.Outcome.values if each != "taken_back"]


def row_of(name, target, requests):
    """The columns, from the requests themselves."""
    waits = [one.waited.total_seconds() for one in requests if one.outcome == "answered"]
    gone = [one.waited.total_seconds() for one in requests if one.outcome == "abandoned"]
    in_time, gone_in_time = (sum(wait <= target for wait in each) for each in (waits, gone))
    return [
        name, target, len(requests), len(waits), len(gone), len(requests) - len(waits) - len(gone),
        round(mean(waits)) if waits else None, round(max(waits)) if waits else None, percent(len(gone), len(requests)),
        percent(in_time, len(waits)), percent(in_time + gone_in_time, len(waits) + len(gone)),
    ]  # fmt: skip


def rows_one_by_one(queues, since, until):
    over = SupportRequest.objects.filter(
        outcome_at__gte=since, outcome_at__lt=until, outcome__in=OVER, queue__in=queues
    )
    over = list(over.order_by("-made_at").select_related("answered_by__user", "queue"))
    by_queue = [row_of(one.label, one.service_seconds, [each for each in over if each.queue == one]) for one in queues]
    by_agent = {}
    for each in over:
        if each.outcome == "answered" and each.answered_by:
            by_agent.setdefault(each.answered_by, []).append(each)
    # Measured by the target of the queue from which the latest request came.
    agents = [row_of(one.display_name, had[0].queue.service_seconds, had) for one, had in by_agent.items()]
    return by_queue, sorted(agents, key=lambda row: row[0])


def rows_of(statistics):
    return [[getattr(one, column) for column in COLUMNS] for one in statistics]


def add_requests(random, queues, agents, count):
    """Whole seconds now and then, exactly the target now and then, and requests that still wait."""
    now = timezone.now()

    def one(number):
        queue = random.choice([*queues, None])
        made = now - timedelta(seconds=random.uniform(0, 9 * 86_400))
        waited = random.choice([random.uniform(0, 60), random.randrange(60), (queue or queues[0]).service_seconds])
        outcome = random.choice(["answered", "answered", "abandoned", *SupportRequest.Outcome.values, ""])
        return SupportRequest(
            key=f"r{random.random()}"[:20], name="Carol", queue=queue, entry_queue=queue, outcome=outcome,
            arrived_at=made - timedelta(seconds=random.randrange(2)), made_at=made,
            outcome_at=made + timedelta(seconds=waited) if outcome else None,
            answered_by=random.choice([*agents, None]) if outcome == "answered" else None,
        )  # fmt: skip

    SupportRequest.objects.bulk_create(one(number) for number in range(count))


@pytest.fixture
def stage(db):
    queues = [make_queue(f"queue-{seconds}", service_seconds=seconds) for seconds in (0, 20, 30)]
    return queues, [make_agent(make_person(name)) for name in ("zoe", "bo", "cy", "di")]


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(6))
def test_figures_are_those_of_the_requests_one_by_one(stage, seed):
    queues, agents = stage
    add_requests(Random(seed), queues, agents, 150)
    now = timezone.now()
    for since, until, some in [(9, 0, queues), (5, 2, queues), (9, 0, queues[1:2]), (0, -1, queues)]:
        span = now - timedelta(days=since), now - timedelta(days=until)
        by_queue, by_agent = rows_one_by_one(some, *span)
        assert rows_of(statistics_by_queue(some, *span)) == by_queue
        assert rows_of(statistics_by_agent(some, *span)) == by_agent
        assert by_agent or not since


def test_another_target_holds_for_the_past_as_well(stage):
    queues, agents = stage
    add_requests(Random(7), queues, agents, 100)
    span = timezone.now() - timedelta(days=10), timezone.now() + timedelta(days=1)
    before = rows_of(statistics_by_queue(queues, *span))
    queues[0].service_seconds = 45
    queues[0].save()
    after = rows_of(statistics_by_queue(queues, *span))
    assert after == rows_one_by_one(queues, *span)[0] != before


def test_queries_do_not_grow_with_the_requests(stage):
    queues, agents = stage
    span = timezone.now() - timedelta(days=10), timezone.now() + timedelta(days=1)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert statistics_by_queue(queues, *span)
            assert statistics_by_agent(queues, *span)
        return len(captured), sum("strftime" in each["sql"] or "EPOCH" in each["sql"] for each in captured)

    add_requests(Random(8), queues, agents, 20)
    few = queries()
    add_requests(Random(9), queues, agents, 500)
    assert queries() == few == (4, 2)


def test_figures_read_an_index_alone(stage):
    queues, agents = stage
    add_requests(Random(10), queues, agents, 20)
    span = timezone.now() - timedelta(days=10), timezone.now()
    with statements() as found:
        statistics_by_queue(queues, *span)
        statistics_by_agent(queues, *span)
    reading = [step for step in plans(found) if "webacd_supportrequest" in step]
    assert len(reading) == 3
    index = "USING COVERING INDEX figures_of_requests (queue_id=? AND outcome_at>? AND outcome_at<?)"
    assert [step for step in reading if index not in step] == []


@pytest.mark.both_databases
def test_lead_reads_of_the_teams_agents_alone_whichever_queue_they_served(stage):
    queues, agents = stage
    add_requests(Random(11), queues, agents, 150)
    lead, span = make_person("lina"), (timezone.now() - timedelta(days=9), timezone.now())
    make_team("Billing", agents[0].user, agents[1].user, lead=lead)

    every = rows_one_by_one(queues, *span)[1]
    of_team = [row for row in every if row[0] in {"Bo", "Zoe"}]
    assert len(of_team) == 2
    assert rows_of(statistics_for(lead, [], *span)) == of_team
    managed = [row for row in rows_one_by_one(queues[:1], *span)[1] if row[0] in {"Cy", "Di"}]
    assert rows_of(statistics_for(lead, queues[:1], *span)) == sorted(of_team + managed, key=lambda row: row[0])


def test_page_and_files_of_a_lead_have_agents_and_no_queues(client, stage):
    queues, agents = stage
    add_requests(Random(12), queues, agents, 100)
    lead = make_person("lina")
    make_team("Billing", agents[0].user, lead=lead)
    client.force_login(lead)

    days = {"since": (timezone.localdate() - timedelta(days=9)).isoformat()}
    page = client.get("/webacd/figures/", days)
    assert [one.name for one in page.context["agents"]] == ["Zoe"]
    assert "figures-queues" not in page.content.decode()
    assert "/webacd/monitor/" not in page.content.decode()
    rows = client.get("/webacd/figures.csv", days).getvalue().decode("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[:2] for row in rows] == [["Agent", "Zoe"]]
