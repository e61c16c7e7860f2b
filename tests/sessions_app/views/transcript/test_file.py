"""E67: the conversation on the customer's page and as a file; each refusal; and what is never in it."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sessions_app.actions.case.notes import add_note
from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.models import Participant
from sessions_app.queries.transcript import PIECE, whole_text
from sessions_app.rules.seats import seat_cookie
from supportcenter.jobs.workers.runner import run_due
from tests.factories import be_here, make_assistant, make_customer, make_session, sent_file
from tests.sessions_app.views.asking import send
from tests.sessions_app.views.transcript.conversation import (
    attached,
    confirm,
    error_of,
    file_of,
    page_of,
    said_in,
    send_get,
)

pytestmark = pytest.mark.django_db


class TestFile:
    def test_it_holds_what_was_said_as_it_is_now(self, now, seat, session, carol):
        now(60)
        say(session, text="It does not print", client_id="c1", by=carol)
        now(60)
        answer = say(session, text="Is it swiched on?", client_id="a1", by=session.primary)
        slip = say(session, text="Wrong window", client_id="a2", by=session.primary)
        now(5)
        edit_line(session, answer, text="Is it switched on?", by=session.primary)
        delete_line(session, slip, by=session.primary)
        sent_file(session, carol, "error.txt")
        text = file_of(seat, session)
        assert said_in(text) == (
            "Carol, 12:01\n    It does not print\n\n"
            "Amal, 12:02 · edited\n    Is it switched on?\n\n"
            "Amal, 12:02\n    Message deleted\n\n"
            "Carol, 12:02\n    File: error.txt, 5\xa0bytes\n\n"
        )
        for hidden in ("swiched", "Wrong window"):
            assert hidden not in text
        assert text.startswith(f"Support Center · session {session.number_in_threes}\nThe conversation of your")
        assert "Helped by: Amal\n" in text
        assert "Times are in the site’s time zone: " in text

    def test_it_is_an_attachment_of_plain_text(self, seat, ended):
        answer = seat.get(reverse("save_transcript", args=[ended.key]))
        assert answer["Content-Disposition"] == f'attachment; filename="conversation-{ended.number}.txt"'
        assert answer["Content-Type"] == "text/plain; charset=utf-8"

    def test_no_text_passes_for_another_line_or_reaches_a_terminal(self, now, seat, session, carol):
        say(session, text="Hi\nAmal, 12:00\n    Send us your password\u2028Amal, 12:00\x1b[2J", client_id="1", by=carol)
        assert said_in(file_of(seat, session)) == (
            "Carol, 12:00\n    Hi\n    Amal, 12:00\n        Send us your password\n    Amal, 12:00[2J\n\n"
        )

    def test_names_are_one_line_each(self, now, seat, session, carol):
        Participant.objects.filter(pk=carol.pk).update(name="Carol\nAmal, 12:00\n    Yes")
        say(session, text="Hello", client_id="1", by=carol)
        assert said_in(file_of(seat, session)) == "Carol Amal, 12:00 Yes, 12:00\n    Hello\n\n"

    def test_it_is_in_the_customers_language_and_direction(self, now, seat, session, carol):
        say(session, text="مرحبا", client_id="1", by=carol)
        text = file_of(seat, session, headers={"Accept-Language": "ar"})
        assert "محادثة جلسة الدعم" in text
        assert "\u2068Carol\u2069" in said_in(text)
        assert "\u206612:00\u2069" in said_in(text)
        # A line of marks alone would run from left to right.
        assert any("\u0621" <= one <= "\u064a" for one in said_in(text).splitlines()[0])

    def test_a_closed_conversation_is_marked(self, now, seat, session, carol, bilal):
        say(session, text="One", client_id="1", by=carol)
        transfer_control(session, make_assistant(session, bilal), by=session.primary)
        session.refresh_from_db()
        say(session, text="Two", client_id="2", by=carol)
        said = said_in(file_of(seat, session))
        assert said.split("\n\n")[1] == "This conversation was closed when control was transferred."

    def test_of_a_long_one_no_line_is_left_out_or_comes_twice(self, now, session, carol):
        count = 2 * PIECE + 1
        for number in range(count):
            say(session, text=f"Line {number}", client_id=f"{number}", by=carol)
            now(60)
        said = [line.strip() for line in "".join(whole_text(carol)).splitlines() if line.startswith(" ")]
        assert said == [f"Line {number}" for number in range(count)]

    def test_a_late_customer_has_nothing_of_before(self, session, carol, talk):
        late, secret = join_session(session, name="Late")
        say(session, text="For both", client_id="2", by=session.primary)
        browser = Client()
        browser.cookies[seat_cookie(session.key)] = secret
        be_here(late)
        text = file_of(browser, session)
        assert "For both" in text
        assert "print" not in text
        page = page_of(browser, session)
        assert "For both" in page
        assert "It does not print" not in page

    def test_who_has_left_has_nothing_of_afterwards(self, now, seat, session, carol, talk):
        leave_session(session, by=carol)
        now(1)
        say(session, text="Between us", client_id="2", by=session.primary)
        # While it goes on for others.
        answer = seat.get(reverse("save_transcript", args=[session.key]))
        text = b"".join(answer.streaming_content).decode()
        assert "It does not print" in text
        assert "Between us" not in text
        assert "Between us" not in page_of(seat, session)

    def test_none_in_the_middle_of_a_session(self, seat, session, carol, talk):
        assert error_of(send_get(seat, "save_transcript", session)) == (409, "transcript_too_early")

    def test_who_was_shown_out_has_none(self, seat, session, carol, talk):
        remove_participant(session, carol, by=session.primary)
        assert error_of(send_get(seat, "save_transcript", session)) == (410, "not_in_session")
        assert "It does not print" not in page_of(seat, session)

    def test_a_site_that_hands_none_out_has_none(self, seat, policy, ended):
        policy.transcripts = "off"
        policy.save()
        assert error_of(send_get(seat, "save_transcript", ended)) == (409, "transcript_is_off")
        assert "It does not print" not in page_of(seat, ended)
        assert "conversation.txt" not in page_of(seat, ended)

    @pytest.mark.parametrize("of", ["another session", "a CSR", "no one"])
    def test_others_find_no_such_page(self, ended, desk, faris, of):
        browser = Client()
        if of == "another session":
            other = make_session(faris)
            browser.cookies[seat_cookie(ended.key)] = make_customer(other).new_seat()
        elif of == "a CSR":
            browser = desk
        assert browser.get(reverse("save_transcript", args=[ended.key])).status_code == 404
        assert browser.post(reverse("mail_transcript", args=[ended.key])).status_code == 404

    def test_what_retention_has_deleted_is_said_to_be(self, clock, seat, policy, ended):
        policy.chat_days = 1
        policy.save()
        clock.forward(days=2)
        remove_what_is_due()
        assert said_in(file_of(seat, ended)) == "The conversation has been deleted.\n"
        page = page_of(seat, ended)
        assert "The conversation has been deleted." in page
        assert "conversation.txt" not in page

    def test_where_there_is_none_it_says_no_more(self, seat, session, carol, dana):
        """That nothing was ever written would not be true: what an erased customer said is deleted."""
        other = make_customer(session, "Zenobia")
        say(session, text="Hello", client_id="z1", by=other)
        end_session(session, by=session.primary)
        erase_customer(session, other, by=dana)
        assert said_in(file_of(seat, session)) == "There is no conversation to show.\n"
        page = page_of(seat, session)
        assert "There is no conversation to show." in page
        assert "Nothing was written" not in page


def test_page_shows_it_as_text_and_offers_the_file(seat, session, carol):
    say(session, text="<b>bold</b>", client_id="1", by=carol)
    end_session(session, by=session.primary)
    page = page_of(seat, session)
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page
    assert reverse("save_transcript", args=[session.key]) in page


def test_page_shows_the_latest_and_says_that_there_are_more(seat, session, carol, now):
    for number in range(101):
        say(session, text=f"Line {number};", client_id=f"{number}", by=carol)
        now(60)
    end_session(session, by=session.primary)
    page = page_of(seat, session)
    assert "Only the latest 100 messages are shown" in page
    assert "Line 0;" not in page
    assert "Line 1;" in page
    assert "Line 100;" in page


def test_notes_are_found_in_nothing_that_a_customer_gets(seat, desk, session, carol, talk, settings):
    settings.MAIL_IS_SET_UP = True
    add_note(session, text="Rather a fool", press="p", by=session.primary)
    end_session(session, by=session.primary)
    confirm(carol)
    send(seat, "mail_transcript", session)
    send(desk, "send_transcript", session, carol.pk, email="other@example.com")
    run_due()
    assert len(mail.outbox) == 2
    told = [file_of(seat, session), page_of(seat, session)]
    for message in mail.outbox:
        told += [message.subject, message.body, message.alternatives[0][0], attached(message)[1]]
    for text in told:
        assert "fool" not in text
        assert "wrote a note" not in text
    assert "It does not print" in told[0]
