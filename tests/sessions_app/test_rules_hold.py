"""Random people do random things in random order, with crashes and clock jumps; after every step the rules hold.

E4 (one primary), S38 and E10 (the maximum), the table of who may do what, S65 (activities), E41 (ended is final),
and the log's promise: an old snapshot plus the events after it is a fresh snapshot.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from sessions_app.actions.activities.activities import report_running, request_activity, start_activity, stop_activity
from sessions_app.actions.activities.consent import decline, give_consent, withdraw_consent
from sessions_app.actions.chat import say
from sessions_app.actions.control.switch_customer import switch_customer
from sessions_app.actions.control.transfer_control import return_control, transfer_control
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.idle_timeout import keep_open
from sessions_app.actions.lifecycle.join import admit_customer, join_session, refuse_customer
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.lifecycle.start import start_session
from sessions_app.actions.presence.presence import arrive, close_page, drop_account, equip, lose, restart_graces
from sessions_app.models import Activity, Participant, SupportSession
from supportcenter.accounts.capabilities import Capability
from supportcenter.accounts.models import SitePolicy, User
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.log.eventlog import position
from supportcenter.refusals import Refused
from tests.factories import make_person
from tests.sessions_app.replay import snapshot
from tests.sessions_app.state_machine import MAXIMUM, Rules

KINDS = st.sampled_from([kind.value for kind in Capability])
# Few, so that things happen to the same people again.
ANYBODY = st.integers(0, 5)


class Sessions(Rules, RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()
        self.ended = {}
        self.remembered = {}

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(multi=st.booleans())
    def open_the_doors(self, multi):
        policy = SitePolicy.current()
        policy.max_customers = MAXIMUM
        policy.save()
        self.csrs = [make_person(name) for name in ("amal", "bilal", "faris")]
        self.admin = make_person("dana", csr=False, is_superuser=True)
        for csr in self.csrs:
            csr.privileges.multi_session = multi
            csr.privileges.save()
        # Something to begin with: a session in which all three kinds of people are.
        session = start_session(by=self.csrs[0])
        join_session(session, name="Carol")
        assist_session(session, by=self.csrs[1])
        for participant in Participant.objects.select_related("session"):
            arrive(session, page=uuid4().hex, secret=f"tab-{participant.pk}", by=participant)

    # ---- what people do; a refusal is a fine answer, anything else is not

    @rule(who=ANYBODY)
    def start(self, who):
        self.attempt(start_session, by=self.csrs[who % 3])

    @rule(where=ANYBODY)
    def join(self, where):
        self.attempt(join_session, self.some_session(where), name="Carol")

    @rule(where=ANYBODY, who=ANYBODY)
    def assist(self, where, who):
        self.attempt(assist_session, self.some_session(where), by=self.csrs[who % 3])

    @rule(who=ANYBODY)
    def show_up(self, who):
        self.act(who, lambda session, by: arrive(session, page=uuid4().hex, secret=f"tab-{by.pk}", by=by))

    @rule(who=ANYBODY, voice=st.booleans())
    def tell_abilities(self, who, voice):
        self.act(who, lambda session, by: equip(session, can={"voice": voice, "screen": True}, by=by))

    @rule(who=ANYBODY)
    def crash(self, who):
        self.act(who, lambda session, by: lose(session, page=by.page, by=by))

    @rule(who=ANYBODY)
    def shut_the_page(self, who):
        self.act(who, lambda session, by: close_page(session, page=by.page, secret=f"tab-{by.pk}", by=by))

    @rule(who=ANYBODY, whom=ANYBODY)
    def transfer(self, who, whom):
        self.act(who, lambda session, by: transfer_control(session, self.somebody(whom), by=by), control=True)

    @rule(who=ANYBODY)
    def give_back(self, who):
        self.act(who, lambda session, by: return_control(session, by=by), control=True)

    @rule(who=ANYBODY, whom=ANYBODY)
    def switch(self, who, whom):
        self.act(who, lambda session, by: switch_customer(session, self.somebody(whom), by=by), control=True)

    @rule(who=ANYBODY, whom=ANYBODY)
    def remove(self, who, whom):
        self.act(who, lambda session, by: remove_participant(session, self.somebody(whom), by=by), control=True)

    @rule(who=ANYBODY, kind=KINDS)
    def begin(self, who, kind):
        control = kind != Capability.VIDEO
        self.act(who, lambda session, by: start_activity(session, kind, by=by), control=control)

    @rule(who=ANYBODY, whom=ANYBODY, kind=KINDS)
    def ask(self, who, whom, kind):
        self.act(who, lambda session, by: request_activity(session, kind, self.somebody(whom), by=by), control=True)

    @rule(who=ANYBODY, which=ANYBODY, standing=st.booleans())
    def allow(self, who, which, standing):
        self.on_activity(who, which, lambda session, one, by: give_consent(session, one, standing=standing, by=by))

    @rule(who=ANYBODY, which=ANYBODY)
    def say_no(self, who, which):
        self.on_activity(who, which, lambda session, one, by: decline(session, one, by=by))

    @rule(who=ANYBODY, which=ANYBODY)
    def deliver(self, who, which):
        self.on_activity(who, which, lambda session, one, by: report_running(session, one, details={}, by=by))

    @rule(who=ANYBODY, which=ANYBODY)
    def stop(self, who, which):
        self.on_activity(who, which, lambda session, one, by: stop_activity(session, one, by=by))

    @rule(who=ANYBODY)
    def withdraw(self, who):
        self.act(who, lambda session, by: withdraw_consent(session, by=by))

    @rule(who=ANYBODY)
    def talk(self, who):
        self.act(who, lambda session, by: say(session, text="Hello", client_id=uuid4().hex, by=by))

    @rule(who=ANYBODY)
    def leave(self, who):
        self.act(who, lambda session, by: leave_session(session, by=by))

    @rule(who=ANYBODY)
    def end(self, who):
        self.act(who, lambda session, by: end_session(session, by=by), control=True)

    @rule(where=ANYBODY)
    def end_from_monitoring(self, where):
        self.attempt(end_session, self.some_session(where), by=self.admin)

    @rule(by_hand=st.booleans())
    def decide_on_the_lobby(self, by_hand):
        SitePolicy.objects.update(admit_by_hand=by_hand)

    @rule(who=ANYBODY, whom=ANYBODY, friendly=st.booleans())
    def answer_the_door(self, who, whom, friendly):
        answer = admit_customer if friendly else refuse_customer
        self.act(who, lambda session, by: answer(session, self.somebody(whom), by=by), control=True)

    @rule(who=ANYBODY)
    def keep_it_open(self, who):
        self.act(who, lambda session, by: keep_open(session, by=by), control=True)

    @rule(who=ANYBODY)
    def account_is_disabled_and_made_good(self, who):
        csr = self.csrs[who % 3]
        User.objects.filter(pk=csr.pk).update(is_active=False)
        drop_account(User.objects.get(pk=csr.pk))
        run_due()
        assert not Participant.objects.present().filter(user=csr, session__ended_at=None).exists()
        User.objects.filter(pk=csr.pk).update(is_active=True)

    @rule()
    def pages_are_drawn(self):
        """What they show is the snapshot that the later events are added to."""
        for session in SupportSession.objects.all():
            self.remembered[session.pk] = position(session.stream), snapshot(session)

    @rule()
    def server_restarts(self):
        before = set(SupportSession.objects.open().values_list("pk", flat=True))
        restart_graces()
        assert set(SupportSession.objects.open().values_list("pk", flat=True)) == before

    @rule(seconds=st.sampled_from([1, 11, 61, 3400, 3700]))
    def time_passes(self, seconds):
        self.traveller.shift(timedelta(seconds=seconds))
        run_due()

    @precondition(lambda self: Participant.objects.exists())
    @rule(who=ANYBODY, active=st.booleans())
    def privileges_change(self, who, active):
        csr = self.csrs[who % 3]
        csr.privileges.max_customers = None if active else 1
        csr.privileges.save()

    # ---- how

    def attempt(self, action, *args, **more):
        if args and args[0] is None:
            return
        try:
            action(*args, **more)
        except Refused:
            return

    def act(self, who, action, *, control=False):
        by = self.somebody(who)
        if by is None:
            return
        may = by.session.is_open and by.session.primary_id == by.pk and by.is_present
        before = self.state_of(by.session) if control and not may else None
        self.attempt(action, by.session, by)
        if before is not None:
            # Nobody acts beyond the table: those not in control changed nothing but the record of the attempt.
            assert self.state_of(by.session) == before

    def on_activity(self, who, which, action):
        activities = list(Activity.objects.order_by("pk"))
        by = self.somebody(who)
        if activities and by:
            one = activities[which % len(activities)]
            if one.session_id == by.session_id:
                self.attempt(action, by.session, one, by)

    def some_session(self, where):
        sessions = list(SupportSession.objects.order_by("pk"))
        return sessions[where % len(sessions)] if sessions else None

    def somebody(self, who):
        people = list(Participant.objects.select_related("session", "user").order_by("pk"))
        return people[who % len(people)] if people else None

    def state_of(self, session):
        return snapshot(SupportSession.objects.get(pk=session.pk))


@pytest.mark.slow
@pytest.mark.django_db
def test_the_rules_hold_whatever_people_do(quick_passwords):
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Sessions,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
