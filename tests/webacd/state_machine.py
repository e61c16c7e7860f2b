"""What random customers and agents meet: three agents, two queues, and the rules that must hold."""

import time_machine
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from sessions_app.models import Participant, SupportSession
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.models import Event
from supportcenter.refusals import Refused
from tests.factories import make_person
from tests.sessions_app.state_machine import MAXIMUM, Rules
from tests.webacd.factories import join_queue, make_agent, make_queue
from webacd.engine.routing_engine import decide
from webacd.models import Offer, Queue, QueueEntry, SupportRequest
from webacd.queries.snapshot import agent_views, read_snapshot
from webacd.receivers import hear


class Site(Rules, RuleBasedStateMachine):
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
    def offers_belong_to_held_entries(self):
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
