"""The decision alone: tables of what is waiting and who is there, and what must come out."""

from datetime import UTC, datetime, timedelta

import pytest

from webacd.engine.facts import (
    EVERYBODY,
    EVERYBODY_AT_ONCE,
    FEWEST_SESSIONS,
    MOST_IDLE,
    ROUND_ROBIN,
    AgentView,
    MemberView,
    QueueView,
    RequestView,
    Snapshot,
    obstacle,
)
from webacd.engine.routing_engine import decide

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def ahead(seconds):
    return NOW + timedelta(seconds=seconds)


def agent(pk, *, idle=60, status="available", **more):
    return AgentView(pk=pk, status=status, idle_since=ago(idle), **more)


def member(pk, level=1, offered=None):
    return MemberView(pk, level, ago(offered) if offered is not None else None)


def queue(pk=1, members=(), **more):
    return QueueView(pk=pk, members=tuple(members), **more)


def request(pk, *, queue=1, waited=10, in_queue=None, **more):
    since = ago(waited)
    return RequestView(
        pk=pk, queue=queue, since=since, in_queue_since=ago(waited if in_queue is None else in_queue), **more
    )


def plan(agents, queues, requests):
    return decide(Snapshot(NOW, {one.pk: one for one in agents}, {one.pk: one for one in queues}, tuple(requests)))


def pairs(agents, queues, requests):
    return [(each.request, each.agents) for each in plan(agents, queues, requests).assignments]


def one_queue(agents, requests, **more):
    return pairs(agents, [queue(members=[member(one.pk) for one in agents], **more)], requests)


# ---- acd 1: order


def test_longest_waiting_is_first():
    assert one_queue([agent(1)], [request(1, waited=5), request(2, waited=50)]) == [(2, (1,))]


def test_priority_goes_before_waiting_time():
    assert one_queue([agent(1)], [request(1, waited=500), request(2, waited=5, priority=100)]) == [(2, (1,))]


def test_equal_waiting_goes_by_arrival():
    assert one_queue([agent(1)], [request(8), request(7)]) == [(7, (1,))]


def test_waiting_counts_from_the_arrival_at_the_site_not_in_the_queue():
    transferred = request(1, waited=300, in_queue=1)
    assert one_queue([agent(1)], [transferred, request(2, waited=200)]) == [(1, (1,))]


# ---- acd 2: strategies


@pytest.mark.parametrize(
    ("strategy", "agents", "members", "chosen"),
    [
        (MOST_IDLE, [agent(1, idle=10), agent(2, idle=99)], [member(1), member(2)], 2),
        (MOST_IDLE, [agent(2, idle=10), agent(1, idle=10)], [member(2), member(1)], 1),
        (ROUND_ROBIN, [agent(1, idle=9), agent(2)], [member(1, offered=50), member(2, offered=5)], 1),
        (ROUND_ROBIN, [agent(1), agent(2)], [member(1, offered=50), member(2)], 2),
        (
            FEWEST_SESSIONS,
            [agent(1, idle=99, sessions=2, slots=5), agent(2, sessions=1, slots=5)],
            [member(1), member(2)],
            2,
        ),
        (FEWEST_SESSIONS, [agent(1, idle=5, slots=3), agent(2, idle=50, slots=3)], [member(1), member(2)], 2),
    ],
)
def test_strategy_chooses(strategy, agents, members, chosen):
    assert pairs(agents, [queue(members=members, strategy=strategy)], [request(1)]) == [(1, (chosen,))]


def test_everybody_asks_all_who_are_free_at_once():
    agents = [agent(1), agent(2), agent(3, status="away"), agent(4)]
    assert one_queue(agents, [request(1)], strategy=EVERYBODY) == [(1, (1, 2, 4))]


def test_everybody_holds_out_several_customers_but_not_any_number():
    requests = [request(pk, waited=100 - pk) for pk in range(1, 6)]
    found = one_queue([agent(1, slots=9, room=9)], requests, strategy=EVERYBODY)
    assert found == [(pk, (1,)) for pk in range(1, EVERYBODY_AT_ONCE + 1)]


def test_round_robin_goes_round_within_one_plan():
    agents = [agent(1, slots=3), agent(2, slots=3)]
    found = pairs(
        agents,
        [queue(members=[member(1, offered=9), member(2, offered=5)], strategy=ROUND_ROBIN)],
        [request(1, waited=3), request(2, waited=2)],
    )
    assert found == [(1, (1,)), (2, (2,))]


# ---- acd 2: levels


def levels(agents, waited, strategy=MOST_IDLE, **more):
    members = [member(1), member(2, level=2), member(3, level=3)]
    return pairs(agents, [queue(members=members, strategy=strategy)], [request(1, waited=waited, **more)])


def test_level_one_is_asked_first():
    assert levels([agent(1, idle=1), agent(2, idle=500)], 100) == [(1, (1,))]


@pytest.mark.parametrize(("waited", "found"), [(29, []), (30, [(1, (2,))])])
def test_level_two_opens_after_the_wait(waited, found):
    busy = agent(1, sessions=1)
    assert levels([busy, agent(2)], waited) == found


def test_level_two_opens_at_once_if_nobody_of_level_one_is_signed_in():
    assert levels([agent(1, status="signed_out"), agent(2)], 0) == [(1, (2,))]


def test_level_two_waits_while_level_one_is_merely_away():
    assert levels([agent(1, status="away"), agent(2)], 0) == []


@pytest.mark.parametrize(("waited", "found"), [(59, []), (60, [(1, (3,))])])
def test_level_three_waits_for_both_before_it(waited, found):
    assert levels([agent(1, sessions=1), agent(2, sessions=1), agent(3)], waited) == found


def test_level_counts_from_coming_into_this_queue():
    assert levels([agent(1, sessions=1), agent(2)], 500, in_queue=5) == []


def test_everybody_asks_all_open_levels():
    assert levels([agent(1), agent(2), agent(3)], 30, EVERYBODY) == [(1, (1, 2))]


# ---- acd 3 and 4: autofill, several queues


def test_several_customers_go_to_several_agents_at_once():
    agents = [agent(1, idle=30), agent(2, idle=20), agent(3, idle=10)]
    found = one_queue(agents, [request(1, waited=9), request(2, waited=8), request(3, waited=7), request(4, waited=6)])
    assert found == [(1, (1,)), (2, (2,)), (3, (3,))]


def test_heavier_queue_goes_first_then_the_longest_waiting():
    queues = [queue(1, [member(1)], weight=10), queue(2, [member(1)], weight=20), queue(3, [member(1)], weight=10)]
    heavy, light, older = request(1, queue=2, waited=1), request(2, waited=90), request(3, queue=3, waited=99)
    assert pairs([agent(1)], queues, [heavy, light, older]) == [(1, (1,))]
    assert pairs([agent(1)], queues, [light, older]) == [(3, (1,))]


def test_customer_for_whom_nobody_is_free_holds_up_nobody_else():
    three = request(1, waited=99, customers=3)
    assert one_queue([agent(1, room=1)], [three, request(2)]) == [(2, (1,))]


def test_head_that_only_another_may_take_holds_up_nobody_else():
    own = request(1, waited=99, not_for=1, not_for_until=ahead(5))
    assert one_queue([agent(1)], [own, request(2)]) == [(2, (1,))]


# ---- acd 5, 6, 7: who is free


@pytest.mark.parametrize(
    ("view", "why_not"),
    [
        (agent(1), None),
        (agent(1, status="signed_out"), "signed_out"),
        (agent(1, status="away"), "away"),
        (agent(1, wrapping_up_until=ahead(1)), "wrapping_up"),
        (agent(1, wrapping_up_until=ago(0)), None),
        (agent(1, resting_until=ahead(1)), "resting"),
        (agent(1, resting_until=ago(1)), None),
        (agent(1, sessions=1), "full"),
        (agent(1, sessions=1, slots=2), None),
        (agent(1, room=0), "full"),
        (agent(1, open_offers=1), "offered"),
    ],
)
def test_obstacles(view, why_not):
    assert obstacle(view, NOW) == why_not


def test_wrap_up_is_honoured_across_queues():
    queues = [queue(1, [member(1)]), queue(2, [member(1)])]
    assert pairs([agent(1, wrapping_up_until=ahead(9))], queues, [request(1), request(2, queue=2)]) == []


def test_agent_who_took_no_notice_comes_after_those_not_asked_yet():
    agents = [agent(1, idle=500), agent(2, idle=5)]
    assert one_queue(agents, [request(1, tried=frozenset({1}))]) == [(1, (2,))]
    assert one_queue(agents[:1], [request(1, tried=frozenset({1}))]) == [(1, (1,))]


def test_transferor_is_asked_again_when_the_time_is_over():
    assert one_queue([agent(1)], [request(1, not_for=1, not_for_until=ago(0))]) == [(1, (1,))]


def test_escalated_request_asks_everybody_of_all_levels_and_the_managers():
    members = [member(1), member(2, level=2)]
    stranded = request(1, waited=0, escalated=True, others=(2, 3))
    assert pairs([agent(1), agent(2), agent(3)], [queue(members=members)], [stranded]) == [(1, (1, 2, 3))]


# ---- when to look again


def test_again_at_is_the_first_thing_to_run_out():
    agents = [agent(1, resting_until=ahead(20)), agent(2, wrapping_up_until=ahead(7)), agent(3, status="away")]
    members = [member(one.pk) for one in agents]
    assert plan(agents, [queue(members=members)], [request(1)]).again_at == ahead(7)


def test_again_at_is_the_opening_of_a_level():
    agents = [agent(1, sessions=1), agent(2)]
    found = plan(agents, [queue(members=[member(1), member(2, level=2)])], [request(1, waited=10)])
    assert found.again_at == ahead(20)


def test_nothing_runs_out_for_a_full_house():
    assert plan([agent(1, sessions=1)], [queue(members=[member(1)])], [request(1)]).again_at is None


# ---- acd 14: why


def test_decision_names_the_candidates_and_counts_the_others():
    agents = [agent(1, idle=250, slots=3, sessions=1), agent(2, idle=20), agent(3, status="away"), agent(4, sessions=1)]
    (found,) = plan(agents, [queue(members=[member(one.pk) for one in agents])], [request(1)]).assignments
    assert [
        (one.agent, one.level, one.idle_seconds, one.sessions, one.slots, one.chosen) for one in found.candidates
    ] == [
        (1, 1, 250, 1, 3, True),
        (2, 1, 20, 0, 1, False),
    ]
    assert found.others == {"away": 1, "full": 1}
    assert found.strategy == MOST_IDLE


def test_plan_of_at_most_so_many():
    agents = [agent(1), agent(2), agent(3)]
    snapshot = Snapshot(
        NOW,
        {one.pk: one for one in agents},
        {1: queue(members=[member(one.pk) for one in agents])},
        (request(1), request(2), request(3)),
    )
    assert [len(decide(snapshot, most=most).assignments) for most in (2, None)] == [2, 3]


def test_agent_offered_a_customer_of_one_queue_is_not_free_for_another():
    queues = [queue(1, [member(1)], weight=20), queue(2, [member(1), member(2)])]
    requests = [request(1, queue=1), request(2, queue=2)]
    assert pairs([agent(1, idle=90), agent(2, idle=5)], queues, requests) == [(1, (1,)), (2, (2,))]
