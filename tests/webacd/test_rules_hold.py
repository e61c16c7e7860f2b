"""Random customers and agents, crashes and clock jumps; after every step the rules of distribution hold.

Never two accepts, never a customer lost, never above a limit, the oldest eligible first, every exit has a reason, every
offer ends, an agent is never stuck (acd 15).
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.actions.presence.presence import arrive, lose
from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.models import Event
from supportcenter.refusals import Refused
from tests.factories import make_person
from tests.sessions_app.state_machine import MAXIMUM, Rules
from tests.webacd.factories import join_queue, make_agent, make_queue
from webacd.actions.agents.agents import end_wrap_up, set_status
from webacd.actions.entering.enter import enter_queue
from webacd.actions.entering.waiting import abandon, come_back, drop
from webacd.actions.monitoring.supervisor import move_request
from webacd.actions.offering.accept import accept
from webacd.actions.offering.offers import decline
from webacd.actions.offering.route import route
from webacd.actions.reconcile import reconcile
from webacd.actions.transfer.in_transfer import take_back
from webacd.actions.transfer.transfer import transfer_to_agents, transfer_to_queue
from webacd.engine.routing_engine import decide
from webacd.models import Agent, Offer, Queue, QueueEntry, SupportRequest
from webacd.queries.snapshot import agent_views, read_snapshot, sessions_of
from webacd.receivers import hear

ANYBODY = st.integers(0, 5)
STATUSES = st.sampled_from(Agent.Status.values)


class Distribution(Rules, RuleBasedStateMachine):
    """The rules of sessions hold as well, except that one in transfer has nobody in control."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.ended = {}
        self.remembered = {}
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(multi=st.booleans(), strategy=st.sampled_from(Queue.Strategy.values))
    def open_the_queues(self, multi, strategy):
        SitePolicy.objects.update_or_create(pk=1, defaults={"multi_session": multi, "max_customers": MAXIMUM})
        self.multi = multi
        self.heard = 0
        self.agents, self.csrs = [], []
        for name in ("amal", "bilal", "faris"):
            user = make_person(name)
            user.privileges.multi_session = multi
            user.privileges.save()
            self.csrs.append(user)
            self.agents.append(make_agent(user, most_sessions=2))
        self.overflow = make_queue("overflow", agents=self.agents[2:], is_default=True)
        self.queue = make_queue(
            "first",
            agents=self.agents[:2],
            strategy=strategy,
            maximum_wait=2,
            maximum_length=4,
            overflow_queue=self.overflow,
        )
        join_queue(self.queue, self.agents[2], level=2)

    # ---- what people do; a refusal is a fine answer, anything else is not

    @rule(where=ANYBODY)
    def enter(self, where):
        self.attempt(self.come, [self.queue, self.overflow][where % 2])

    def come(self, queue):
        request, _secret = enter_queue(queue, name="Carol")
        come_back(request, page="p")

    @rule(which=ANYBODY)
    def give_up(self, which):
        self.on(self.waiting(), which, abandon)

    @rule(which=ANYBODY)
    def lose_the_page(self, which):
        self.on(self.waiting(), which, lambda request: drop(request, page=request.page))

    @rule(which=ANYBODY)
    def come_again(self, which):
        self.on(self.waiting(), which, lambda request: come_back(request, page="p"))

    @rule(which=ANYBODY)
    def accept(self, which):
        self.on(self.offers(), which, lambda offer: self.take_within_the_limit(accept, offer, offer.agent.user))

    @rule(which=ANYBODY)
    def decline(self, which):
        self.on(self.offers(), which, lambda offer: decline(offer, by=offer.agent.user))

    @rule(who=ANYBODY, status=STATUSES)
    def change_status(self, who, status):
        agent = self.agents[who % 3]
        self.attempt(set_status, agent, status, by=agent.user)

    @rule(who=ANYBODY)
    def be_ready(self, who):
        agent = self.agents[who % 3]
        self.attempt(end_wrap_up, agent, by=agent.user)

    @rule(who=ANYBODY)
    def start(self, who):
        self.attempt(start_session, by=self.agents[who % 3].user)

    @rule(which=ANYBODY, who=ANYBODY)
    def assist(self, which, who):
        self.on(self.sessions(), which, lambda session: assist_session(session, by=self.agents[who % 3].user))

    @rule(which=ANYBODY, whom=ANYBODY)
    def transfer(self, which, whom):
        people = self.people()
        self.on(self.sessions(), which, lambda one: transfer_control(one, people[whom % len(people)], by=one.primary))

    @rule(which=ANYBODY)
    def end(self, which):
        self.on(self.sessions(), which, lambda session: end_session(session, by=session.primary))

    @rule(which=ANYBODY)
    def show_up(self, which):
        self.on(self.people(), which, lambda one: arrive(one.session, page=uuid4().hex, secret=f"t{one.pk}", by=one))

    @rule(which=ANYBODY)
    def vanish(self, which):
        self.on(self.people(), which, lambda one: lose(one.session, page=one.page, by=one))

    @rule(which=ANYBODY)
    def customer_leaves(self, which):
        customers = [one for one in self.people() if one.is_customer]
        self.on(customers, which, lambda one: leave_session(one.session, by=one))

    @rule(which=ANYBODY, where=ANYBODY)
    def to_queue(self, which, where):
        queue = [self.queue, self.overflow][where % 2]
        self.on(self.sessions(), which, lambda one: transfer_to_queue(one, queue, confirmed=True, by=one.primary))

    @rule(which=ANYBODY, whom=ANYBODY)
    def to_agents(self, which, whom):
        chosen = [self.agents[whom % 3], self.agents[(whom + 1) % 3]]
        self.on(self.sessions(), which, lambda one: transfer_to_agents(one, chosen, by=one.primary))

    @rule(which=ANYBODY)
    def take_back(self, which):
        relinquished = SupportRequest.objects.filter(transferred_by__isnull=False).order_by("-pk")[:3]
        self.on(list(relinquished), which, lambda one: self.take_within_the_limit(take_back, one, one.transferred_by))

    def take_within_the_limit(self, take, thing, user):
        """E26: the agent's own limit counts for what comes by a queue; a start of one's own may go beyond it."""
        before = sessions_of([user.pk]).get(user.pk, 0)
        take(thing, by=user)
        (view,) = agent_views([user.agent.pk]).values()
        assert view.sessions <= max(before, view.slots)

    @rule(which=ANYBODY)
    def move(self, which):
        queue = self.overflow
        manager = self.agents[0].user
        queue.managers.add(manager)
        self.queue.managers.add(manager)
        self.on(self.waiting(), which, lambda request: move_request(request, queue, by=manager))

    @rule(seconds=st.sampled_from([0, 1, 5, 16, 21, 31, 61, 130, 901]))
    def time_passes(self, seconds):
        self.traveller.shift(timedelta(seconds=seconds))
        self.settle()

    @rule()
    def reconcile_by_hand(self):
        reconcile()
        self.settle()

    @rule()
    def route_now(self):
        before = set(QueueEntry.objects.exclude(offered_until=None).values_list("pk", flat=True))
        route()
        self.oldest_came_first(before)

    # ---- what must never be false

    @invariant()
    def waiting_rows_are_waiting_requests(self):
        if hasattr(self, "queue"):
            entries = set(QueueEntry.objects.values_list("pk", flat=True))
            assert entries == set(SupportRequest.objects.waiting().values_list("pk", flat=True))

    @invariant()
    def nobody_is_above_the_limit(self):
        if hasattr(self, "queue"):
            for view in agent_views().values():
                assert self.multi or view.sessions <= view.slots
                assert view.room >= 0

    @invariant()
    def no_customer_is_lost(self):
        for session in SupportSession.objects.open().filter(primary=None):
            assert session.participants.customers().present().exists()
            assert SupportRequest.objects.waiting().filter(session=session).count() == 1

    @invariant()
    def answered_once(self):
        answered = SupportRequest.objects.filter(outcome="answered")
        twice = Offer.objects.filter(state="accepted").values("request").annotate(n=Count("pk")).filter(n__gt=1)
        assert not twice.exists()
        assert set(answered.values_list("pk", flat=True)) == set(
            Offer.objects.filter(state="accepted").values_list("request", flat=True)
        )

    @invariant()
    def offers_belong_to_held_places(self):
        open_offers = Offer.objects.open()
        held = set(QueueEntry.objects.exclude(offered_until=None).values_list("pk", flat=True))
        assert set(open_offers.values_list("request", flat=True)) <= held

    def controlled_sessions(self):
        return super().controlled_sessions().exclude(primary=None)

    # ---- how

    def settle(self):
        """Everything due has happened: no offer outlives its time, no agent and customer wait beside each other."""
        for _turn in range(6):
            run_due()
            self.listen()
        run_due()
        assert not Offer.objects.open().filter(expires_at__lte=timezone.now()).exists()
        assert decide(read_snapshot()).assignments == ()

    def oldest_came_first(self, before):
        offered = QueueEntry.objects.exclude(offered_until=None).exclude(pk__in=before)
        for entry in offered.filter(escalated=False):
            ahead = QueueEntry.objects.free().filter(queue=entry.queue, customers=1, not_for=None, escalated=False)
            ahead = ahead.filter(
                priority=entry.priority, since__lt=entry.since, in_queue_since__lte=entry.in_queue_since
            )
            assert not ahead.exists()

    def attempt(self, action, *args, **more):
        try:
            with transaction.atomic():
                action(*args, **more)
        except Refused:
            pass
        self.listen()

    def on(self, things, which, action):
        if things:
            self.attempt(action, things[which % len(things)])

    def listen(self):
        """The news that a commit would bring: here nothing is ever committed."""
        for event in Event.objects.filter(pk__gt=self.heard).select_related("stream").order_by("pk"):
            self.heard = event.pk
            hear(event=event)

    def waiting(self):
        return list(SupportRequest.objects.waiting().order_by("pk"))

    def offers(self):
        return list(Offer.objects.order_by("-pk").select_related("agent__user", "request")[:5])

    def sessions(self):
        return list(SupportSession.objects.open().exclude(primary=None).select_related("primary__user"))

    def people(self):
        return list(Participant.objects.present().filter(session__ended_at=None).select_related("session", "user"))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_the_rules_hold_whatever_people_do():
    Distribution.TestCase.settings = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    Distribution.TestCase("runTest").runTest()
