"""How a session came, to those who have it from a queue or by a transfer, and in its record (E63)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sessions_app.actions.activities.activities import start_activity, stop_activity
from sessions_app.actions.case.details import change_details
from sessions_app.actions.case.notes import add_note
from sessions_app.actions.lifecycle.assist import assist_session
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.presence import close_page
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import Tag, TrackingField
from sessions_app.queries.handovers import desk_of
from sessions_app.queries.record import record_of
from tests.factories import be_here, make_assistant, make_person, sent_file
from tests.webacd.factories import enter, fresh, join_queue, make_queue, offered, to_agents, to_queue
from webacd.actions.entering.messages import answer_message, leave_message
from webacd.actions.helping.answer import join_to_help
from webacd.actions.helping.ask import ask_for_help
from webacd.actions.offering.accept import accept, pick
from webacd.actions.transfer.in_transfer import take_back
from webacd.queries.help_requests import questions_to

pytestmark = pytest.mark.django_db
ANSWERS = [{"label": "Device", "label_ar": "الجهاز", "value": "Printer"}]
MESSAGE = "In a hurry,\ncall back."


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def session(clock, queue, amal_agent):
    """Carol waited for two minutes, and amal has her."""
    enter(queue, answers=ANSWERS)
    clock.forward(minutes=2)
    return everybody_is_here(accept(offered(amal_agent), by=amal_agent.user))


@pytest.fixture
def worked_on(session, clock):
    """A call of five minutes, two files, a recording that goes on, and two notes."""
    amal = session.primary
    call = start_activity(session, "voice", by=amal)
    clock.forward(minutes=5)
    stop_activity(session, call, by=amal)
    carol = session.participants.customers().get()
    for name in ("a.txt", "b.txt"):
        sent_file(session, carol, name)
    for number in range(5):
        add_note(session, text=f"Note {number}", press=f"p{number}", by=amal)
    return session


def everybody_is_here(session):
    session = fresh(session)
    for participant in session.participants.present().select_related("session", "user"):
        be_here(participant)
    return fresh(session)


def taken(session, agent):
    return everybody_is_here(accept(offered(agent), by=agent.user))


def desk(session, user):
    session = fresh(session)
    return desk_of(session, session.participants.present().get(user=user))


def told(desk):
    one = desk.handover
    return (str(one.title), one.giver, one.wait.place if one.wait else "", desk.is_mine)


def page(user, session, name="session_handover"):
    browser = Client()
    browser.force_login(user)
    answer = browser.get(reverse(name, args=[session.key]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_first_accept_says_whence_and_how_long_and_why_you(session, queue, amal):
    shown = desk(session, amal)
    assert told(shown) == ("Accepted from the queue", "Carol", queue.label, True)
    assert list(shown.waited) == ["2 minutes in the queue"]
    assert [each.answers for each in shown.briefings] == [(("Device", "Printer"),)]
    seen = page(amal, session)
    assert "Request details" in seen
    assert "The queue’s strategy: Most idle. Idle for" in seen


def test_who_picks_a_customer_reads_that(clock, amal_agent, queue):
    queue.cherry_picking = True
    queue.save()
    request = enter(queue)
    session = everybody_is_here(pick(request, by=amal_agent.user))
    assert "You picked this customer yourself." in page(amal_agent.user, session)


def test_transfer_to_an_agent(worked_on, clock, bilal_agent, bilal, amal):
    to_agents(worked_on, bilal_agent, message=MESSAGE)
    clock.forward(seconds=20)
    session = taken(worked_on, bilal_agent)
    shown = desk(session, bilal)
    assert told(shown) == ("Session transferred", "Amal", "", True)
    assert (shown.handover.wait.message, shown.handover.wait.routing) == (MESSAGE, "Your colleague chose you by name.")
    assert list(shown.waited) == ["2 minutes in the queue", "20 seconds in transfer"]
    assert [(each.what, each.length, each.by) for each in shown.handover.tried] == [
        ("Voice call", "5 minutes", ("Amal",)),
        ("2 files", "", ()),
    ]
    assert [note.text for note in shown.notes] == ["Note 4", "Note 3", "Note 2"]
    assert shown.notes.has_more
    assert shown.latest_note == shown.notes[0].pk
    seen = page(bilal, session)
    for part in ("Handover", "from <bdi>Amal</bdi>", "In a hurry, call back.", "Printer", "Voice call, 5 minutes",
                 "2 files", "Note 4", 'data-why="transferred" data-from="Amal"', "All notes"):  # fmt: skip
        assert part in seen, part
    assert "Note 1" not in seen


@pytest.mark.both_databases
def test_transfer_to_a_queue(session, queue, amal_agent, bilal_agent, bilal):
    join_queue(queue, bilal_agent)
    to_queue(session, queue, message=MESSAGE)
    shown = desk(taken(session, bilal_agent), bilal)
    assert told(shown) == ("Session transferred", "Amal", queue.label, True)
    assert shown.handover.wait.message == MESSAGE


def test_session_taken_back(session, queue, amal_agent, amal, bilal_agent):
    request = to_queue(session, queue, confirmed=True)
    take_back(request, by=amal)
    # It is theirs again: from no one else.
    assert told(desk(session, amal)) == ("Session taken back", "", queue.label, True)
    assert [one.giver for one in record_of(fresh(session)).handovers] == ["Carol", ""]


def test_vanished_primary_gives_it_back_to_the_queue(session, queue, amal_agent, bilal_agent, bilal, clock):
    join_queue(queue, bilal_agent)
    vanish(session.primary, clock)
    shown = desk(taken(session, bilal_agent), bilal)
    assert told(shown) == ("Back in the queue: connection lost", "Amal", queue.label, True)
    assert 'data-why="vanished" data-from="Amal"' in page(bilal, session)


def test_heir_of_a_vanished_primary(session, amal_agent, faris, clock):
    make_assistant(session, faris)
    vanish(session.primary, clock)
    assert told(desk(session, faris)) == ("Connection lost", "Amal", "", True)


def test_while_it_waits_an_assistant_who_was_there_reads_it_folded(session, bilal_agent, faris, bilal):
    make_assistant(session, faris)
    to_agents(session, bilal_agent, message=MESSAGE)
    shown = desk(session, faris)
    assert (told(shown), shown.handover.wait.message) == (("Session transferred", "Amal", "", False), MESSAGE)
    seen = page(faris, session)
    assert "<details" in seen
    assert " open>" not in seen
    session = taken(session, bilal_agent)
    assert told(desk(session, faris)) == ("Session transferred", "Amal", "", False)
    assert "Why you?" not in page(faris, session)
    assert " open>" in page(bilal, session)


def test_an_assistant_who_accepts_it_has_it_by_the_transfer(session, bilal_agent, bilal, clock):
    make_assistant(session, bilal)
    clock.forward(minutes=1)
    to_agents(session, bilal_agent)
    session = taken(session, bilal_agent)
    assert told(desk(session, bilal)) == ("Session transferred", "Amal", "", True)
    titles = [str(one.title) for one in record_of(session).handovers]
    assert titles == ["Accepted from the queue", "Joined to assist", "Session transferred"]


@pytest.mark.both_databases
def test_several_transfers_have_each_their_own_message(session, amal_agent, bilal_agent, bilal, amal):
    to_agents(session, bilal_agent, message="First")
    session = taken(session, bilal_agent)
    to_agents(session, amal_agent, message="Second")
    session = taken(session, amal_agent)
    assert desk(session, amal).handover.wait.message == "Second"
    end_session(session, by=session.primary)
    kept = record_of(session).handovers
    told = [(str(one.title), one.giver, one.passage.taker_name, one.wait.message) for one in kept]
    assert told == [
        ("Accepted from the queue", "Carol", "Amal", ""),
        ("Session transferred", "Amal", "Bilal", "First"),
        ("Session transferred", "Bilal", "Amal", "Second"),
    ]


def test_reply_to_a_left_message(queue, amal_agent, amal):
    message = leave_message(queue, name="Omar", email="omar@example.com", text="Call me")
    session = everybody_is_here(answer_message(message, by=amal))
    shown = desk(session, amal)
    assert told(shown) == ("Reply to a left message", "Omar", queue.label, True)
    assert [each.text for each in shown.briefings] == ["Call me"]
    assert list(shown.waited) == []


def test_record_has_each_handover(worked_on, bilal_agent, bilal):
    to_agents(worked_on, bilal_agent, message=MESSAGE)
    session = taken(worked_on, bilal_agent)
    end_session(session, by=session.primary)
    seen = page(bilal, session, "record")
    for part in ("Accepted from the queue", "from <bdi>Amal</bdi> to <bdi>Bilal</bdi>", "In a hurry, call back.",
                 "2 minutes in the queue", "Voice call, 5 minutes", "Note 4", 'href="#notes"', "Printer"):  # fmt: skip
        assert part in seen, part
    assert seen.count("In a hurry") == 1


@pytest.mark.both_databases
def test_of_an_erased_customer_it_says_nothing(worked_on, bilal_agent, bilal, dana):
    carol = worked_on.participants.customers().get()
    to_agents(worked_on, bilal_agent, message=MESSAGE)
    session = taken(worked_on, bilal_agent)
    end_session(session, by=session.primary)
    assert "2 files" in page(bilal, session, "record")
    erase_customer(session, carol, by=dana)
    record = record_of(fresh(session))
    assert list(record.briefings) == []
    first, second = record.handovers
    assert (first.giver, second.wait.message, second.notes) == ("an erased customer", "", [])
    assert [each.what for each in second.tried] == ["Voice call"]
    seen = page(bilal, session, "record").split('id="record-handover"')[1].split("</section>")[0]
    for secret in ("Carol", "Printer", "hurry", "Note 4", "a.txt", "2 files"):
        assert secret not in seen


def test_the_region_costs_the_same_however_much_went_on(worked_on, queue, amal_agent, bilal_agent, bilal, clock):
    field = TrackingField.objects.create(name="Incident", is_on=True)
    tag = Tag.objects.create(name="Urgent")
    change_details(worked_on, values={field.pk: "47"}, give=[tag.pk], take=[], by=worked_on.primary)
    to_agents(worked_on, bilal_agent)
    session = taken(worked_on, bilal_agent)

    def cost():
        browser = Client()
        browser.force_login(bilal)
        browser.get(reverse("session_handover", args=[session.key]))
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(reverse("session_handover", args=[session.key]))
        assert "Urgent" in answer.content.decode()
        return [query["sql"] for query in captured.captured_queries]

    with_few = cost()
    for number in range(4):
        # So that no two of their seats are of one moment.
        clock.forward(seconds=1)
        make_assistant(session, make_person(f"csr-{number}"))
        start_activity(session, "video", by=session.participants.present().csrs().last())
        add_note(session, text="n", press=f"n{number}", by=session.primary)
        to_agents(session, amal_agent)
        session = taken(session, amal_agent)
        to_agents(session, bilal_agent)
        session = taken(session, bilal_agent)
    with_many = cost()
    assert len(with_many) == len(with_few) <= 9, with_many


def test_an_agent_who_comes_again_to_assist_reads_who_has_it_now(session, bilal_agent, amal, bilal):
    to_agents(session, bilal_agent, message=MESSAGE)
    session = taken(session, bilal_agent)
    be_here(assist_session(session, by=amal))
    assert told(desk(session, amal)) == ("Joined to assist", "Bilal", "", True)


def test_who_comes_because_a_queue_was_asked_reads_by_whom_and_what_for(session, bilal_agent, bilal, faris, clock):
    billing = make_queue("billing", agents=[bilal_agent])
    ask_for_help(session, billing, message="Which form is it?", by=session.primary)
    clock.forward(seconds=30)
    (question,) = questions_to(bilal_agent)
    join_to_help(question, by=bilal)
    session = everybody_is_here(session)
    shown = desk(session, bilal)
    assert told(shown) == ("Asked to assist", "Amal", billing.label, True)
    assert shown.handover.wait.message == "Which form is it?"
    # The customer has waited in the one queue alone.
    assert list(shown.waited) == ["2 minutes in the queue"]
    seen = page(bilal, session)
    assert "from <bdi>Amal</bdi>" in seen
    assert "Which form is it?" in seen
    # It came to no one else.
    make_assistant(session, faris)
    assert "Which form is it?" not in page(faris, session)
    assert "Which form is it?" not in page(session.primary.user, session)


@pytest.mark.django_db(transaction=True)
def test_who_comes_by_the_number_after_a_queue_was_asked_reads_it_too(session, bilal_agent, bilal):
    billing = make_queue("billing", agents=[bilal_agent])
    ask_for_help(session, billing, message="Which form is it?", by=session.primary)
    be_here(assist_session(session, by=bilal))
    shown = desk(session, bilal)
    assert told(shown) == ("Asked to assist", "Amal", billing.label, True)
    assert shown.handover.wait.message == "Which form is it?"


def test_each_helper_has_what_they_were_asked_and_nothing_after_erasure(session, bilal_agent, bilal, dana, clock):
    billing = make_queue("billing", agents=[bilal_agent])
    for message in ("First", "Second"):
        ask_for_help(session, billing, message=message, by=session.primary)
        (question,) = questions_to(bilal_agent)
        join_to_help(question, by=bilal)
        leave_session(session, by=session.participants.present().get(user=bilal))
        clock.forward(seconds=1)
    end_session(session, by=fresh(session).primary)

    def messages():
        return [(str(one.title), one.wait.message) for one in record_of(fresh(session)).handovers][1:]

    assert messages() == [("Asked to assist", "First"), ("Asked to assist", "Second")]
    erase_customer(fresh(session), session.participants.customers().get(), by=dana)
    assert messages() == [("Asked to assist", ""), ("Asked to assist", "")]


def vanish(participant, clock):
    be_here(participant, page="p", secret="s")
    close_page(participant.session, page="p", secret="s", by=participant)
    clock.forward(seconds=10)
