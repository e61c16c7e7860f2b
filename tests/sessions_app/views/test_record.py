"""The record of a session: for its own CSRs, managers and admins; at a constant price."""

import csv
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app.actions.activities.activities import report_running, request_activity
from sessions_app.actions.activities.consent import decline, give_consent, withdraw_consent
from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.lifecycle.survey import answer_survey
from sessions_app.actions.presence.presence import close_page
from sessions_app.actions.reactions import react
from sessions_app.models import FileTransfer, Recording
from supportcenter.accounts.capabilities import Capability
from tests.factories import be_here, make_assistant, make_customer, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, session):
    """The record's page, as somebody sees it."""

    def look(user, **parameters):
        client.force_login(user)
        return client.get(f"/sessions/{session.key}/record/", parameters)

    return look


def text(response):
    return " ".join(response.content.decode().split())


def test_record_is_for_its_csrs_managers_and_admins(look, session, carol, amal, bilal, faris, dana, eve):
    leave_session(session, by=make_assistant(session, bilal))
    manager = make_person("mona")
    manager.csr_privileges.manager = True
    manager.csr_privileges.save()
    allowed = {user.username: look(user).status_code for user in (amal, bilal, faris, dana, eve, manager)}
    assert allowed == {"amal": 200, "bilal": 200, "faris": 404, "dana": 200, "eve": 404, "mona": 200}


def test_who_is_no_csr_any_more_reads_no_record(look, session, amal):
    amal.csr_privileges.delete()
    assert look(amal).status_code == 404


def test_record_tells_what_happened_and_what_was_said(look, session, carol, amal, bilal):
    say(session, text="It says <error 7>", client_id="c1", by=carol)
    assistant = make_assistant(session, bilal)
    transfer_control(session, assistant, by=session.primary)
    say(session, text="Bilal here", client_id="b1", by=assistant)
    end_session(session, by=assistant)
    page = text(look(amal))
    assert "<bdi>Amal</bdi> started the session, single-session mode." in page
    assert "<bdi>Amal</bdi> transferred control to <bdi>Bilal</bdi>." in page
    assert "<bdi>Bilal</bdi> ended the session." in page
    assert "It says &lt;error 7&gt;" in page
    assert page.index("It says") < page.index("This conversation was closed") < page.index("Bilal here")
    assert "wrote in the chat" not in page


def test_record_keeps_what_a_message_said_before(client, look, session, carol, amal):
    edited = say(session, text="first words", client_id="c1", by=carol)
    edit_line(session, edited, text="second words", by=carol)
    deleted = say(session, text="third words", client_id="c2", by=carol)
    delete_line(session, deleted, by=carol)
    words = ["second words", "first words", "Message deleted", "third words"]

    page = text(look(amal))
    table = b"".join(client.get(f"/sessions/{session.key}/record.csv").streaming_content).decode()
    for whole in (page, table):
        assert sorted(words, key=whole.index) == words


def test_record_tells_the_reactions_with_the_message(client, look, session, carol, amal):
    said = say(session, text="It works", client_id="c1", by=carol)
    say(session, text="Good-bye", client_id="c2", by=carol)
    react(session, said, sign="🎉", on=True, by=session.primary)
    react(session, said, sign="👍", on=True, by=session.primary)
    react(session, said, sign="👍", on=True, by=carol)
    react(session, said, sign="🎉", on=False, by=session.primary)

    page = text(look(amal))
    assert "🎉" not in page
    assert re.search('It works.*aria-label="Thumbs up">👍</span> <bdi>Amal</bdi>, <bdi>Carol</bdi>.*Good-bye', page)
    assert "reacted to a message" not in page


def test_whole_record_has_each_reaction_at_its_own_time(client, look, session, carol, amal, time_machine):
    def minute(number):
        time_machine.move_to(session.started_at + timedelta(minutes=number), tick=False)

    minute(1)
    said = say(session, text="It works", client_id="c1", by=carol)
    minute(2)
    react(session, said, sign="👍", on=True, by=session.primary)
    minute(3)
    say(session, text="Good-bye", client_id="c2", by=carol)
    minute(4)
    react(session, said, sign="❤️", on=True, by=carol)
    look(amal)

    table = b"".join(client.get(f"/sessions/{session.key}/record.csv").streaming_content).decode()
    rows = [row for row in csv.reader(table.lstrip("\ufeff").splitlines()[1:]) if row[3]]
    at = [row[0] for row in rows]
    words = f"Reacted to the message by Carol, {at[0]}"
    assert [row[1:] for row in rows] == [
        ["Carol", "", "It works"],
        ["Amal", words, "👍"],
        ["Carol", "", "Good-bye"],
        ["Carol", words, "❤️"],
    ]
    passed = [(datetime.fromisoformat(one) - datetime.fromisoformat(at[0])).total_seconds() for one in at]
    assert passed == [0, 60, 120, 180]
    assert "reacted to a message" not in table


def test_record_says_what_was_asked_and_answered_in_the_sentences_of_the_receipt(
    look, session, carol, amal, time_machine
):
    time_machine.move_to(session.started_at.replace(hour=12, minute=1, second=0), tick=False)
    asked = request_activity(session, Capability.VIEW_DESKTOP, carol, by=session.primary)
    decline(session, asked, by=carol)
    asked = request_activity(session, Capability.VIEW_APPLICATION, carol, by=session.primary)
    give_consent(session, asked, standing=True, by=carol)
    report_running(session, asked, details={"surface": "window"}, by=carol)
    time_machine.shift(timedelta(minutes=16))
    withdraw_consent(session, by=carol)
    record = look(amal).context["record"]
    assert [row.answer for row in record.consents] == ["declined", "allowed", "standing"]
    assert record.consents[2].withdrawn_at
    assert [(row.sentence, *row.notes) for row in record.consents] == [
        ("Amal asked to see Carol’s screen", "asked at 12:01", "declined at 12:01"),
        (
            "Carol let Amal see one of their applications, 12:01–12:17, 16 minutes",
            "asked at 12:01", "allowed at 12:01", "what was shown: one window", "withdrawn at 12:17",
        ),
        # Nobody asked for everything: the customer gave it.
        ("Carol allowed everything that Amal asked for in this session", "allowed at 12:01", "withdrawn at 12:17"),
    ]  # fmt: skip
    page = text(look(amal))
    assert "<strong>Carol let Amal see one of their applications, 12:01–12:17, 16 minutes</strong>" in page
    assert "asked at 12:01 · declined at 12:01" in page


def test_record_shows_files_recordings_and_survey(look, session, carol, amal):
    with_files, with_film = [
        request_activity(session, kind, carol, by=session.primary)
        for kind in (Capability.VIEW_DESKTOP, Capability.VIEW_APPLICATION)
    ]
    FileTransfer.objects.create(
        session=session, activity=with_files, sender=carol, receiver=session.primary, name="log <1>.txt", size=2048,
        state="stopped", stop_reason="cancelled",
    )  # fmt: skip
    Recording.objects.create(session=session, activity=with_film, state="ready", duration=247.4, size=5_000_000)
    end_session(session, by=session.primary)
    carol.refresh_from_db()
    carol.session.refresh_from_db()
    answer_survey(carol, solved="partly", rating=4)
    page = text(look(amal))
    for shown in ("log &lt;1&gt;.txt", "2.0\xa0KB".replace("\xa0", " "), "cancelled", "4:07", "Partly", "4 / 5"):
        assert shown in page


def test_permissions_of_an_erased_customer_name_no_one(client, look, session, carol, dana):
    asked = request_activity(session, Capability.VIEW_DESKTOP, carol, by=session.primary)
    give_consent(session, asked, by=carol)
    report_running(session, asked, details={"surface": "window"}, by=carol)
    withdraw_consent(session, by=carol)
    asked = request_activity(session, Capability.VIEW_DESKTOP, carol, by=session.primary)
    decline(session, asked, by=carol)
    end_session(session, by=session.primary)
    look(dana)
    client.post(f"/sessions/{session.key}/record/customers/{carol.pk}/erase/")
    allowed, declined = (row.sentence for row in look(dana).context["record"].consents)
    assert allowed.startswith("An erased customer let Amal see their screen")
    assert declined == "Amal asked to see an erased customer’s screen"


def test_only_admins_are_offered_to_erase_and_only_after_the_end(look, session, carol, amal, dana):
    assert "erase-dialog" not in text(look(dana))
    end_session(session, by=session.primary)
    assert "erase-dialog" in text(look(dana))
    assert "erase-dialog" not in text(look(amal))


def test_admin_erases_and_comes_back_to_the_record(client, look, session, carol, dana):
    end_session(session, by=session.primary)
    look(dana)
    answer = client.post(f"/sessions/{session.key}/record/customers/{carol.pk}/erase/", follow=True)
    assert answer.redirect_chain == [(f"/sessions/{session.key}/record/", 302)]
    page = text(answer)
    assert "Carol" not in page
    assert "erased customer" in page
    assert "erase/" not in page
    assert "<bdi>Dana</bdi> erased the data of a customer." in page


def test_chat_that_retention_has_taken_is_not_called_unwritten(look, session, carol, amal, clock):
    end_session(session, by=session.primary)
    assert "Nothing was written." in text(look(amal))
    clock.forward(days=91)
    session.refresh_from_db()
    assert "The chat is no longer kept." in text(look(amal))


@pytest.mark.slow
def test_record_costs_the_same_however_long_it_is(client, look, session, carol, amal, policy):
    policy.max_customers = policy.media_people = 50
    policy.save()

    def queries():
        look(amal)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/sessions/{session.key}/record/")
        return [query["sql"] for query in captured.captured_queries]

    react(session, say(session, text="Hello", client_id="c", by=carol), sign="👍", on=True, by=carol)
    with_few = queries()
    for number in range(10):
        one = make_customer(session, f"Customer {number}")
        react(session, say(session, text="Hello", client_id="c", by=one), sign="👍", on=True, by=one)
        decline(session, request_activity(session, Capability.VIEW_DESKTOP, one, by=session.primary), by=one)
        make_assistant(session, make_person(f"csr-{number}"))
    with_many = queries()
    # The person (two), the policy, the session, and of it: who is present, whether the reader was there, people,
    # events, chat, reactions, files, recordings, consents, answers to the survey, roles, what was said at a queue or
    # by a transferor, and the message it answers.
    assert len(with_many) == len(with_few) <= 22, with_many


def roles(record):
    return {one.name: [(held.role, held.since, held.until) for held in one.roles] for one in record.people}


def test_record_tells_every_role_and_its_time(clock, look, session, carol, amal, bilal):
    started = timezone.now()
    assistant = make_assistant(session, bilal)
    clock.forward(minutes=10)
    transfer_control(session, assistant, by=session.primary)
    handed = timezone.now()
    clock.forward(minutes=5)
    session.refresh_from_db()
    end_session(session, by=session.primary)
    record = look(amal).context["record"]
    assert roles(record) == {
        "Amal": [("primary", started, handed), ("assistant", handed, timezone.now())],
        "Bilal": [("assistant", started, handed), ("primary", handed, timezone.now())],
        "Carol": [("customer", started, timezone.now())],
    }
    page = text(look(amal))
    assert "primary representative <span" in page
    assert page.count("assistant <span") == 2


def test_role_that_never_changed_is_told_without_a_time(look, session, carol, amal):
    page = text(look(amal))
    assert "> primary representative </span>" in page
    assert "> customer </span>" in page
    assert "record-person__span" not in page


def test_roles_are_known_whatever_page_is_shown(look, session, carol, amal, bilal):
    assistant = make_assistant(session, bilal)
    transfer_control(session, assistant, by=session.primary)
    record = look(amal, events="before-3").context["record"]
    assert len(record.timeline) == 2
    assert [role for role, _since, _until in roles(record)["Amal"]] == ["primary", "assistant"]


def test_who_vanished_in_control_was_no_assistant_afterwards(clock, look, session, carol, amal, bilal):
    first = session.primary
    assistant = be_here(make_assistant(session, bilal), page="page", secret="secret")
    transfer_control(session, assistant, by=first)
    close_page(session, page="page", secret="secret", by=assistant)
    clock.forward(minutes=2)
    record = look(amal).context["record"]
    found = [[role for role, *_span in roles(record)[name]] for name in ("Amal", "Bilal")]
    assert found == [["primary", "assistant", "primary"], ["assistant", "primary"]]
