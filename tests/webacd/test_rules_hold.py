"""Random customers and agents, crashes and clock jumps; after every step the rules of distribution hold.

Never two accepts, never a customer lost, never above a limit, the oldest eligible first, every exit has a reason, every
offer ends, an agent is never stuck (acd 15).
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.actions.presence.presence import arrive, lose
from tests.webacd.state_machine import Site
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
from webacd.models import Agent, QueueEntry, SupportRequest
from webacd.queries.agent_views import agent_views, sessions_of

ANYBODY = st.integers(0, 5)
STATUSES = st.sampled_from(Agent.Status.values)


class Distribution(Site):
    """What people do; a refusal is a fine answer, anything else is not."""

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


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_the_rules_hold_whatever_people_do():
    Distribution.TestCase.settings = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    Distribution.TestCase("runTest").runTest()
