"""A primary asks a queue for an assistant without giving the session away (E64)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sessions_app.actions.control.relinquish import relinquish_session
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.errors import NotInControl, SessionHasEnded
from supportcenter import clock as server_clock
from supportcenter.jobs.models import Job
from supportcenter.jobs.workers.runner import run_due
from supportcenter.live.log.eventlog import events_after
from tests.factories import be_here, latest, make_assistant, make_person, make_session, types
from tests.webacd.factories import close_all, fresh, inbox, join_queue, make_agent, make_queue, to_queue
from webacd.actions.agents.agents import set_status
from webacd.actions.helping.answer import join_to_help, say_not_now
from webacd.actions.helping.ask import ask_for_help, cancel_help
from webacd.errors import (
    HelpAskedTooOften,
    HelpIsAsked,
    HelpOver,
    HelpTaken,
    MessageTooLong,
    MessageUnreadable,
    NoOneToAsk,
    NotAnAgent,
    NotAsked,
    NotInTheQueue,
    QueueUnknown,
)
from webacd.models import Agent, HelpQuestion, HelpRequest, Offer, Queue, QueueMembership, SupportRequest
from webacd.queries.help_requests import MOST_ASKED, help_choices, questions_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def faris_agent(faris):
    return make_agent(faris)


@pytest.fixture
def billing(bilal_agent, faris_agent):
    return make_queue("billing", agents=[bilal_agent, faris_agent])


@pytest.fixture
def asked(session, billing):
    return ask(session, billing, message="Which form is it?")


def ask(session, queue, **more):
    return ask_for_help(session, queue, by=session.primary, **more)


def question_to(agent):
    (question,) = questions_to(agent)
    return question


def outcome(request):
    request.refresh_from_db()
    return request.outcome


def helpers(request):
    return [question.agent for question in request.questions.order_by("pk")]


class TestAsking:
    def test_agents_of_the_queue_are_asked_and_the_session_has_it_on_record(
        self, session, amal, billing, bilal_agent, faris_agent
    ):
        before = len(types(session))
        request = ask(session, billing, message="Which\r\nform is it?")
        assert (request.asked_by, request.message, request.is_open) == (amal, "Which\nform is it?", True)
        assert set(helpers(request)) == {bilal_agent, faris_agent}
        for agent in (bilal_agent, faris_agent):
            assert inbox(agent)[-1] == ("help.wanted", {"question": question_to(agent).pk, "name": "Amal"})
        told = {"help": request.pk, "queue": "Billing", "queue_ar": "", "agents": 2}
        assert latest(session)[before:] == [("help.asked", told)]

    def test_session_and_slots_stay_as_they_are(self, session, carol, asked, amal, bilal_agent):
        session = fresh(session)
        assert session.primary.user == amal
        assert session.primary.is_present
        assert not SupportRequest.objects.exists()
        assert not Offer.objects.exists()
        version = bilal_agent.version
        join_to_help(question_to(bilal_agent), by=bilal_agent.user)
        bilal_agent.refresh_from_db()
        assert (bilal_agent.version, bilal_agent.is_available) == (version, True)
        assert not SupportRequest.objects.exists()

    def test_who_is_away_without_a_page_here_already_or_of_another_queue_is_not_asked(
        self, session, amal_agent, billing, bilal_agent, faris_agent, bilal
    ):
        away, gone, other, out = (make_agent(make_person(name)) for name in ("away", "gone", "other", "out"))
        for agent in (amal_agent, away, gone, out):
            join_queue(billing, agent)
        join_queue(make_queue("other"), other)
        set_status(away, "away", by=away.user)
        set_status(out, "signed_out", by=out.user)
        close_all(gone)
        make_assistant(session, bilal)
        assert helpers(ask(session, billing)) == [faris_agent]

    def test_who_has_no_account_in_use_or_is_no_csr_any_more_is_not_asked(
        self, session, billing, bilal, faris, faris_agent
    ):
        bilal.is_active = False
        bilal.save()
        assert helpers(ask(session, billing)) == [faris_agent]
        cancel_help(session, by=session.primary)
        faris.csr_privileges.delete()
        with pytest.raises(NoOneToAsk):
            ask(session, billing)

    def test_most_suited_are_asked_first_and_no_more_than_twenty(self, session, billing, bilal_agent, faris_agent):
        busy = make_agent(make_person("busy"))
        make_session(busy.user)
        crowd = [make_agent(make_person(f"agent-{number}")) for number in range(MOST_ASKED)]
        for agent in (busy, *crowd):
            join_queue(billing, agent)
        QueueMembership.objects.filter(agent=bilal_agent).update(level=2)
        long_idle = crowd[-1]
        Agent.objects.filter(pk=long_idle.pk).update(idle_since=server_clock.now() - timedelta(hours=1))
        found = helpers(ask(session, billing))
        assert len(found) == MOST_ASKED
        assert found[0] == long_idle
        # Behind all others: at level 2, and busy.
        assert bilal_agent not in found
        assert busy not in found

    def test_dialog_counts_who_would_be_asked(self, session, amal_agent, billing, bilal_agent):
        empty = make_queue("empty", agents=[amal_agent])
        unused = make_queue("unused", is_active=False)
        found = {choice.queue: choice.agents for choice in help_choices(session)}
        assert found == {billing: 2, empty: 0}
        assert unused not in found
        set_status(bilal_agent, "away", by=bilal_agent.user)
        assert {choice.queue: choice.agents for choice in help_choices(session)}[billing] == 1

    def test_one_at_a_time(self, session, billing, asked):
        with pytest.raises(HelpIsAsked):
            ask(session, billing)
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequest.objects.create(session=session, expires_at=asked.expires_at)

    def test_five_in_five_minutes_for_each_person(self, session, billing, clock):
        for _ in range(5):
            ask(session, billing)
            cancel_help(session, by=session.primary)
            clock.forward(seconds=20)
        with pytest.raises(HelpAskedTooOften) as refusal:
            ask(session, billing)
        # Not a minute, nor all five: until the first of them is five minutes old.
        assert refusal.value.facts["retry_after"] == 200
        clock.forward(seconds=199)
        with pytest.raises(HelpAskedTooOften):
            ask(session, billing)
        clock.forward(seconds=2)
        ask(session, billing)

    def test_refusals_change_nothing(self, session, billing, bilal, bilal_agent):
        for refusal, queue, message in (
            (MessageTooLong, billing, "x" * 346),
            (MessageUnreadable, billing, "x\0"),
            (QueueUnknown, None, ""),
            (QueueUnknown, Queue(pk=999), ""),
            (QueueUnknown, make_queue("unused", is_active=False), ""),
            (NoOneToAsk, make_queue("empty"), ""),
        ):
            with pytest.raises(refusal):
                ask(session, queue, message=message)
        with pytest.raises(NotInControl):
            ask_for_help(session, billing, by=make_assistant(session, bilal))
        Agent.objects.filter(user=session.primary.user).delete()
        with pytest.raises(NotAnAgent):
            ask(session, billing)
        end_session(session, by=session.primary)
        with pytest.raises(SessionHasEnded):
            ask(session, billing)
        assert not HelpRequest.objects.exists()
        assert "help.wanted" not in [kind for kind, _data in inbox(bilal_agent)]


class TestAnswering:
    def test_first_to_say_yes_joins_and_the_other_question_goes(
        self, session, asked, bilal, faris, bilal_agent, faris_agent
    ):
        mine, other = question_to(bilal_agent), question_to(faris_agent)
        before = len(types(session))
        assert join_to_help(mine, by=bilal) == session
        assistant = session.participants.present().get(user=bilal)
        assert not assistant.is_primary
        assert fresh(session).primary == session.primary
        assert (outcome(asked), asked.answered_by) == ("joined", bilal_agent)
        assert questions_to(faris_agent) == questions_to(bilal_agent) == []
        assert inbox(faris_agent)[-1] == (
            "help.over",
            {"question": other.pk, "state": "over", "taken_by": "Bilal"},
        )
        assert inbox(bilal_agent)[-1][1]["state"] == "joined"
        assert types(session)[before:] == ["help.answered", "participant.joined"]
        assert latest(session)[before] == ("help.answered", {"help": asked.pk, "name": "Bilal"})
        with pytest.raises(HelpTaken) as refusal:
            join_to_help(other, by=faris)
        assert "Bilal" in str(refusal.value.message)
        assert not session.participants.filter(user=faris).exists()

    def test_saying_yes_again_is_the_same(self, session, asked, bilal, bilal_agent):
        mine = question_to(bilal_agent)
        assert join_to_help(mine, by=bilal) == join_to_help(mine, by=bilal) == session
        assert session.participants.filter(user=bilal).count() == 1

    def test_who_has_come_may_say_yes_again_for_a_moment_only(self, session, asked, bilal, bilal_agent, clock):
        mine = question_to(bilal_agent)
        join_to_help(mine, by=bilal)
        leave_session(session, by=session.participants.present().get(user=bilal))
        clock.forward(seconds=110)
        join_to_help(mine, by=bilal)
        be_here(session.participants.present().get(user=bilal))
        clock.forward(minutes=10)
        # Who is in it is led to it.
        assert join_to_help(mine, by=bilal) == session
        leave_session(session, by=session.participants.present().get(user=bilal))
        with pytest.raises(HelpOver):
            join_to_help(mine, by=bilal)
        assert not session.participants.present().filter(user=bilal).exists()

    def test_who_has_come_and_serves_the_queue_no_more_does_not_come_again(self, session, asked, bilal, bilal_agent):
        mine = question_to(bilal_agent)
        join_to_help(mine, by=bilal)
        leave_session(session, by=session.participants.present().get(user=bilal))
        QueueMembership.objects.filter(agent=bilal_agent).delete()
        with pytest.raises(NotInTheQueue):
            join_to_help(mine, by=bilal)
        assert not session.participants.present().filter(user=bilal).exists()

    def test_who_has_come_reads_that_it_is_over_once_the_session_is(self, session, asked, bilal, bilal_agent):
        mine = question_to(bilal_agent)
        join_to_help(mine, by=bilal)
        end_session(session, by=session.primary)
        with pytest.raises(HelpOver):
            join_to_help(mine, by=bilal)

    def test_who_was_not_asked(self, session, asked, bilal_agent, faris):
        for answer in (join_to_help, say_not_now):
            with pytest.raises(NotAsked):
                answer(question_to(bilal_agent), by=faris)

    def test_rights_are_asked_again(self, session, asked, billing, bilal, bilal_agent, faris, faris_agent):
        mine, other = question_to(bilal_agent), question_to(faris_agent)
        QueueMembership.objects.filter(agent=bilal_agent).delete()
        with pytest.raises(NotInTheQueue):
            join_to_help(mine, by=bilal)
        join_queue(billing, bilal_agent)
        bilal.csr_privileges.delete()
        with pytest.raises(NotAnAgent):
            join_to_help(mine, by=bilal)
        faris.is_active = False
        faris.save()
        with pytest.raises(NotAnAgent):
            join_to_help(other, by=faris)
        assert asked.is_open
        assert not session.participants.filter(user__in=[bilal, faris]).exists()

    def test_not_now_of_all_ends_it(self, session, asked, bilal, faris, bilal_agent, faris_agent):
        first, last = question_to(bilal_agent), question_to(faris_agent)
        say_not_now(first, by=bilal)
        say_not_now(first, by=bilal)
        assert (outcome(asked), questions_to(bilal_agent)) == ("", [])
        assert inbox(bilal_agent)[-1] == ("help.over", {"question": first.pk, "state": "declined", "taken_by": ""})
        assert len(questions_to(faris_agent)) == 1
        before = len(types(session))
        say_not_now(last, by=faris)
        assert outcome(asked) == "declined"
        assert latest(session)[before:] == [("help.ended", {"help": asked.pk, "outcome": "declined"})]
        with pytest.raises(HelpOver):
            join_to_help(first, by=bilal)

    def test_who_has_said_not_now_may_still_come(self, session, asked, bilal, bilal_agent):
        mine = question_to(bilal_agent)
        say_not_now(mine, by=bilal)
        join_to_help(mine, by=bilal)
        assert outcome(asked) == "joined"

    def test_who_comes_by_the_number_has_answered(self, session, asked, bilal, bilal_agent, faris_agent):
        assist_session(session, by=bilal)
        assert (outcome(asked), asked.answered_by) == ("joined", bilal_agent)
        assert questions_to(faris_agent) == []

    def test_assistant_who_was_not_asked_answers_nothing(self, session, asked):
        assist_session(session, by=make_person("hala"))
        assert outcome(asked) == ""


class TestTheEnd:
    def test_primary_cancels(self, session, asked, bilal, bilal_agent):
        mine = question_to(bilal_agent)
        before = len(types(session))
        cancel_help(session, by=session.primary)
        cancel_help(session, by=session.primary)
        assert outcome(asked) == "cancelled"
        assert latest(session)[before:] == [("help.ended", {"help": asked.pk, "outcome": "cancelled"})]
        assert inbox(bilal_agent)[-1] == ("help.over", {"question": mine.pk, "state": "over", "taken_by": ""})
        with pytest.raises(HelpOver):
            join_to_help(mine, by=bilal)

    def test_assistant_cannot_cancel(self, session, asked):
        with pytest.raises(NotInControl):
            cancel_help(session, by=make_assistant(session, make_person("hala")))
        assert outcome(asked) == ""

    def test_no_one_answers_within_ninety_seconds(self, session, asked, bilal_agent, clock):
        clock.forward(seconds=89)
        assert outcome(asked) == ""
        clock.forward(seconds=2)
        assert outcome(asked) == "unanswered"
        assert questions_to(bilal_agent) == []
        assert types(session)[-1] == "help.ended"

    def test_deadline_is_kept_by_a_process_that_was_not_there(self, session, asked, time_machine):
        """It is a row: a worker that dies in the middle, or a restart, loses nothing, and running it twice no more."""
        job = Job.objects.get(kind="webacd.help_over")
        assert job.due == asked.expires_at
        time_machine.move_to(asked.expires_at + timedelta(hours=1), tick=False)
        run_due()
        assert outcome(asked) == "unanswered"
        again = ask(session, asked.queue)
        Job.objects.filter(kind="webacd.help_over").update(payload={"request": asked.pk}, due=server_clock.now())
        run_due()
        assert outcome(again) == ""

    def test_session_ends(self, session, carol, asked, bilal, bilal_agent):
        mine = question_to(bilal_agent)
        end_session(session, by=session.primary)
        assert (outcome(asked), questions_to(bilal_agent)) == ("session_over", [])
        assert types(session)[-1] != "help.ended"
        with pytest.raises(HelpOver):
            join_to_help(mine, by=bilal)

    def test_session_is_transferred(self, session, carol, queue, asked, bilal_agent):
        to_queue(session, queue, confirmed=True)
        assert (outcome(asked), questions_to(bilal_agent)) == ("session_over", [])

    def test_no_one_joins_a_session_in_transfer(self, session, carol, asked, bilal, bilal_agent):
        """Also before the news of it is heard."""
        mine = question_to(bilal_agent)
        with transaction.atomic():
            relinquish_session(session.locked(), by=session.primary)
            with pytest.raises(HelpOver):
                join_to_help(mine, by=bilal)

    def test_control_passes_to_an_assistant(self, session, asked, bilal, bilal_agent):
        """Who may be no agent, and could neither cancel it nor see what comes of it."""
        mine = question_to(bilal_agent)
        heir = make_assistant(session, make_person("hala"))
        transfer_control(session, heir, by=session.primary)
        assert (outcome(asked), questions_to(bilal_agent)) == ("session_over", [])
        assert latest(session)[-1] == ("help.ended", {"help": asked.pk, "outcome": "session_over"})
        with pytest.raises(HelpOver):
            join_to_help(mine, by=bilal)

    def test_no_one_joins_a_session_that_was_passed_on(self, session, asked, bilal, bilal_agent):
        """Also before the news of it is heard."""
        mine = question_to(bilal_agent)
        heir = make_assistant(session, make_person("hala"))
        with transaction.atomic():
            transfer_control(session, heir, by=session.primary)
            with pytest.raises(HelpOver):
                join_to_help(mine, by=bilal)


def test_message_goes_with_a_customers_data_and_all_of_it_with_the_session(session, carol, asked, dana):
    end_session(session, by=session.primary)
    erase_customer(fresh(session), carol, by=dana)
    asked.refresh_from_db()
    assert asked.message == ""
    fresh(session).delete()
    assert not HelpRequest.objects.exists()
    assert not HelpQuestion.objects.exists()


def test_customer_hears_nothing_of_it(session, carol, asked, bilal, bilal_agent):
    say_not_now(question_to(bilal_agent), by=bilal)
    cancel_help(session, by=session.primary)
    heard = [event.type for event in events_after(session.stream, 0, audience="everyone")]
    assert "participant.joined" in heard
    assert not [each for each in heard if each.startswith("help.")]
