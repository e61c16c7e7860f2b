"""What is over is kept and never read again by what goes on: no page, routing or job scans a table that grows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import Participant, SupportSession
from supportcenter import clock
from supportcenter.accounts.models import User
from supportcenter.accounts.push.news import news_of
from tests.factories import make_person, make_session
from tests.plans import scans, statements
from tests.rows_read import count_rows_read
from tests.webacd.copies import copy_newest
from tests.webacd.factories import enter, fresh, make_agent, make_queue, offered, served
from webacd.actions.helping.answer import join_to_help, say_not_now
from webacd.actions.helping.ask import ask_for_help
from webacd.actions.monitoring.positions import tell_positions
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route
from webacd.actions.retention import erase_from_requests, forget_what_is_due
from webacd.jobs import reconcile_all
from webacd.models import Agent, HelpQuestion, HelpRequest, Offer, QueueEntry, RoutingDecision, SupportRequest
from webacd.queries.agent_views import agent_views
from webacd.queries.briefings import asked_of_queues
from webacd.queries.help_requests import is_asked, questions_to, standing_of
from webacd.queries.positions import position_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.both_databases]
PAST = 100_000
GROWING = {Offer._meta.db_table, SupportRequest._meta.db_table, RoutingDecision._meta.db_table}


@pytest.fixture
def past(policy, queue, amal_agent, bilal_agent, amal, bilal):
    """Very many requests that are over, with offers; one customer is being asked for, others wait, one is served."""
    billing = make_queue("billing", agents=[amal_agent, bilal_agent], cherry_picking=True)
    _fill(queue, amal_agent)
    served(queue, amal_agent, "Ann")
    enter(billing, "Ben")
    decline(offered(bilal_agent), by=bilal)
    for name in ("Carol", "Dan"):
        enter(billing, name)
    Agent.objects.update(resting_until=None)
    offered(bilal_agent)
    _analyze()


def _analyze():
    """As PostgreSQL does by itself once rows are committed. No one does so on SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _fill(queue, agent):
    over = {"outcome": "answered", "outcome_at": clock.now(), "answered_by": agent, "transferred_by": agent.user}
    request = SupportRequest.objects.create(queue=queue, entry_queue=queue, name="Past", **over)
    decision = RoutingDecision.objects.create(request=request, queue=queue, strategy=queue.strategy, candidates=[])
    told = {"expires_at": clock.now(), "state": Offer.State.ACCEPTED, "over_at": clock.now()}
    Offer.objects.create(request=request, agent=agent, queue=queue, decision=decision, **told)
    copy_newest(SupportRequest, PAST, apart="1 minute")
    copy_newest(RoutingDecision, PAST, apart="1 minute", request_id="request_id + n")
    copy_newest(Offer, PAST, apart="1 minute", request_id="request_id + n", decision_id="decision_id + n")
    # An earlier test's rows are gone again: PostgreSQL takes the tables for empty, and would join all with all.
    _analyze()


def assert_no_scan(found):
    assert found
    assert scans(found, GROWING) == []


PAGES = [
    ("dana", "monitor", []),
    *(("dana", "monitor_region", [region]) for region in ("queues", "agents", "waiting")),
    ("dana", "monitor_queue", ["billing"]),
    ("dana", "acd_figures", []),
    ("dana", "live", []),
    ("bilal", "inbox", []),
    *(("bilal", "inbox_region", [r]) for r in ("status", "offers", "waiting", "messages", "transfers", "console")),
    ("bilal", "home", []),
]


def test_pages(client, request, dana, past):
    found = []
    for who, name, arguments in PAGES:
        client.force_login(request.getfixturevalue(who))
        with statements() as each:
            assert client.get(reverse(name, args=arguments)).status_code == 200
        found += each
    assert_no_scan(found)


def test_why(client, dana, past):
    client.force_login(dana)
    with statements() as found:
        for entry in QueueEntry.objects.all():
            assert client.get(reverse("request_why", args=[entry.pk])).status_code == 200
    assert_no_scan(found)


@pytest.mark.parametrize("work", [route, reconcile_all, tell_positions])
def test_work(past, work):
    with statements() as found:
        work()
    assert_no_scan(found)


def test_late_offers_and_silent_customers(past):
    ago = clock.now() - timedelta(minutes=10)
    (late,) = Offer.objects.running()
    Offer.objects.filter(pk=late.pk).update(expires_at=ago)
    SupportRequest.objects.waiting().update(last_seen_at=ago)
    with statements() as found:
        reconcile_all()
    assert_no_scan(found)
    late.refresh_from_db()
    assert late.state == Offer.State.UNANSWERED
    assert not SupportRequest.objects.waiting().filter(away_since=None).exists()


def test_retention_with_nothing_due(past, policy):
    """The requests of sessions that were deleted stay for ever, without a name (E44)."""
    SupportRequest.objects.exclude(outcome="").update(name="", session=None)
    with count_rows_read() as read:
        forget_what_is_due()
    assert {sql: rows for sql, rows in read.items() if rows > PAST / 10} == {}


def test_erasing_a_customer(policy, queue, amal_agent):
    """Who may have come back later: looked for by their places, not among all requests whose session is gone."""
    session = served(queue, amal_agent, "Ann")
    end_session(session, by=session.primary)
    _fill(queue, amal_agent)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with count_rows_read() as read:
        erase_from_requests(fresh(session), fresh(session).participants.customers().get())
    assert {sql: rows for sql, rows in read.items() if rows > PAST / 10} == {}


def test_what_an_agent_is_doing(past, amal, bilal_agent):
    """By the sessions that run, not by all that the agent ever had."""
    session = SupportSession.objects.controlled_by(amal).get()
    end_session(session, by=session.primary)
    number = "CAST(100000000 + n AS varchar(9))"
    copy_newest(SupportSession, PAST, primary_id=f"{session.primary_id} + n", number=number)
    Participant.objects.customers().delete()
    copy_newest(Participant, PAST, session_id="session_id + n", seat_hash="''")
    _analyze()
    with count_rows_read() as read:
        agent_views([amal.agent.pk])
    assert {sql: rows for sql, rows in read.items() if rows > PAST / 10} == {}


def test_help_that_was_asked_for_long_ago(session, amal, amal_agent, bilal, bilal_agent, faris):
    """Neither asking nor answering, nor what pages show of it, reads the requests and questions of many years."""
    billing = make_queue("billing", agents=[bilal_agent, make_agent(faris)])
    over = {"expires_at": clock.now(), "over_at": clock.now(), "outcome": "joined", "answered_by": bilal_agent}
    session_of_old = make_session(make_person("hala"))
    request = HelpRequest.objects.create(session=session_of_old, queue=billing, asked_by=amal, **over)
    HelpRequest.objects.filter(pk=request.pk).update(made_at=clock.now() - timedelta(days=1))
    HelpQuestion.objects.create(request=request, agent=bilal_agent, state=HelpQuestion.State.JOINED)
    copy_newest(SupportSession, PAST, primary_id="NULL", number="CAST(100000000 + n AS varchar(9))")
    copy_newest(HelpRequest, PAST, apart="1 minute", session_id="session_id + n")
    copy_newest(HelpQuestion, PAST, request_id="request_id + n")
    _analyze()
    with statements() as found:
        asked = ask_for_help(session, billing, by=session.primary)
        standing_of(fresh(session), session.primary, in_control=True)
        say_not_now(questions_to(faris.agent)[0], by=faris)
        join_to_help(questions_to(bilal_agent)[0], by=bilal)
        list(User.objects.filter(pk=amal.pk).annotate(asked=is_asked()))
        list(asked_of_queues(fresh(session)))
        news_of("help", asked.questions.first().pk, bilal)
    assert len(found) > 20
    assert scans(found, {HelpRequest._meta.db_table, HelpQuestion._meta.db_table}) == []


def test_position(past):
    with statements() as found:
        assert position_of(QueueEntry.objects.in_order().last()) == QueueEntry.objects.count()
    assert_no_scan(found)
