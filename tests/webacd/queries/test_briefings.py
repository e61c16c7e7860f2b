"""What a customer answered and a transferor wrote stays readable to staff, and to nobody else (E53)."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.models import Participant
from sessions_app.rules.briefing_hooks import briefings_of
from sessions_app.rules.seats import seat_cookie
from tests.factories import be_here, make_assistant, make_customer, make_session
from tests.webacd.factories import enter, offered
from webacd.actions.entering.messages import answer_message, leave_message
from webacd.actions.offering.accept import accept
from webacd.actions.retention import forget_what_is_due
from webacd.actions.transfer.transfer import transfer_to_agents
from webacd.models import SupportRequest

pytestmark = pytest.mark.django_db
ANSWERS = [
    {"label": "Device", "label_ar": "الجهاز", "value": "A <printer>"},
    {"label": "Urgent", "label_ar": "", "value": True},
]
MESSAGE = "Knows the error,\nwants a call."


@pytest.fixture
def session(queue, amal_agent):
    """Carol came by the queue, and amal has her."""
    enter(queue, answers=ANSWERS)
    session = accept(offered(amal_agent), by=amal_agent.user)
    return everybody_is_here(session)


@pytest.fixture
def passed_on(session, amal_agent, bilal_agent):
    """And then bilal, with a message."""
    transfer_to_agents(session, [bilal_agent], message=MESSAGE, by=session.primary)
    return everybody_is_here(accept(offered(bilal_agent), by=bilal_agent.user))


def everybody_is_here(session):
    session.refresh_from_db()
    for participant in Participant.objects.present().filter(session=session).select_related("session", "user"):
        be_here(participant)
    return session


def said(session):
    """What has words; waits are tried in test_handovers.py."""
    return [each for each in briefings_of(session) if each.answers or each.text]


def page(client, user, name, *args, **more):
    client.force_login(user)
    return " ".join(client.get(reverse(name, args=args), **more).content.decode().split())


def test_answers_are_in_the_console_of_who_accepted(client, session, amal):
    shown = page(client, amal, "session_handover", session.key)
    assert "Request details" in shown
    assert '<dt><bdi>Device</bdi></dt><dd dir="auto">A &lt;printer&gt;</dd>' in shown
    assert '<dt><bdi>Urgent</bdi></dt><dd dir="auto">Yes</dd>' in shown


def test_they_are_told_in_the_language_of_the_page(client, session, amal):
    shown = page(client, amal, "session_handover", session.key, headers={"accept-language": "ar"})
    assert "<bdi>الجهاز</bdi>" in shown
    assert '<dd dir="auto">نعم</dd>' in shown


def test_after_a_transfer_the_answers_are_told_once_and_the_message_with_its_author(client, passed_on, bilal, queue):
    with override("en"):
        told = said(passed_on)
    found = [(each.title, each.author, each.place, each.text, len(each.answers)) for each in told]
    assert found == [
        ("Personal message", "Amal", "", MESSAGE, 0),
        ("Entry form", "Carol", queue.label, "", 2),
    ]
    shown = page(client, bilal, "session_handover", passed_on.key)
    assert "Knows the error, wants a call." in shown


def test_who_assists_reads_it_when_control_moves(client, session, amal_agent, bilal_agent, faris):
    make_assistant(session, faris)
    transfer_to_agents(session, [bilal_agent], message=MESSAGE, by=session.primary)
    assert "Knows the error" in page(client, faris, "session_handover", session.key)
    assert 'data-refresh-on="control.released control.transferred' in page(client, faris, "dashboard", session.key)


def test_it_is_in_the_record(client, passed_on, bilal):
    end_session(passed_on, by=passed_on.primary)
    shown = page(client, bilal, "record", passed_on.key)
    assert "A &lt;printer&gt;" in shown
    assert "Knows the error" in shown


def test_the_message_that_a_session_answers_is_in_its_console(client, queue, amal_agent, amal):
    message = leave_message(queue, name="Omar", email="omar@example.com", text="Call me <back>")
    session = answer_message(message, by=amal)
    be_here(session.primary)
    shown = page(client, amal, "session_handover", session.key)
    assert "Left message" in shown
    assert "Call me &lt;back&gt;" in shown


def test_customers_never_see_it(client, passed_on):
    carol = passed_on.participants.customers().get()
    client.cookies[seat_cookie(passed_on.key)] = carol.new_seat()
    shown = client.get(reverse("remote_support", args=[passed_on.key]))
    assert shown.status_code == 200
    assert "printer" not in shown.content.decode()
    assert client.get(reverse("session_handover", args=[passed_on.key])).status_code == 302


def test_a_stranger_gets_none_of_it(client, passed_on, faris):
    client.force_login(faris)
    assert client.get(reverse("session_handover", args=[passed_on.key])).status_code == 404
    assert client.get(reverse("record", args=[passed_on.key])).status_code == 404


def test_a_session_without_a_request_shows_no_empty_panel(client, amal):
    assert "<details" not in page(client, amal, "session_handover", make_session(amal).key)


def test_erasing_who_answered_takes_the_answers_out_of_every_transfer(passed_on, dana):
    """Also of one that was made while another customer was the current one."""
    carol = passed_on.participants.customers().get()
    SupportRequest.objects.filter(session=passed_on, kind="transferred").update(name="Omar")
    end_session(passed_on, by=passed_on.primary)
    erase_customer(passed_on, carol, by=dana)
    assert list(said(passed_on)) == []
    assert list(SupportRequest.objects.values_list("answers", "message")) == [([], ""), ([], "")]


def test_erasing_somebody_else_who_was_there_takes_the_message_but_not_the_answers(
    session, amal_agent, bilal_agent, dana
):
    """What a transferor wrote may tell of anybody who was in the session then."""
    omar = make_customer(session, "Omar")
    transfer_to_agents(session, [bilal_agent], message=MESSAGE, by=session.primary)
    late = make_customer(everybody_is_here(accept(offered(bilal_agent), by=bilal_agent.user)), "Late")
    session.refresh_from_db()
    end_session(session, by=session.primary)
    erase_customer(session, late, by=dana)
    assert [each.text for each in said(session)] == [MESSAGE, ""]
    erase_customer(session, omar, by=dana)
    assert [(each.author, each.text, len(each.answers)) for each in said(session)] == [("Carol", "", 2)]


def test_what_was_said_goes_with_the_record(passed_on, clock, policy):
    end_session(passed_on, by=passed_on.primary)
    clock.forward(days=policy.retention_days - 1)
    assert len(said(passed_on)) == 2
    clock.forward(days=2)
    for _ in range(2):
        remove_what_is_due()
        forget_what_is_due()
    assert set(SupportRequest.objects.values_list("session", "name", "message")) == {(None, "", "")}
    assert all(answers == [] for answers in SupportRequest.objects.values_list("answers", flat=True))
