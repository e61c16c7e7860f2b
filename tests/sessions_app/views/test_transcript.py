"""E67: the customer can have the conversation, as a file and by email; each refusal; and what is never in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from invitations.actions.accept import accept_invitation
from invitations.actions.invite import invite_by_email, invite_by_own_program
from sessions_app.actions import transcripts
from sessions_app.actions.case.notes import add_note
from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.control.transfer_control import transfer_control
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.actions.retention.retention import remove_what_is_due
from sessions_app.mail import transcript
from sessions_app.models import Participant, TranscriptMail
from sessions_app.queries.transcript import PIECE, latest_text, text_of, whole_text
from sessions_app.rules import transcripts as limits
from sessions_app.rules.seats import seat_cookie
from sessions_app.rules.transcripts import MOST_A_CUSTOMER, MOST_BY_CUSTOMER
from supportcenter import clock
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from tests.factories import be_here, latest, make_assistant, make_customer, make_session, sent_file
from tests.sessions_app.views.asking import send

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ADDRESS = "carol@example.com"
# Of a representative, by the place where each stands.
FORMS = {"record": "send_transcript_from_record", "summary": "send_transcript"}


@pytest.fixture
def now(time_machine):
    """A clock that stands, and is moved on by seconds."""
    time_machine.move_to(NOON, tick=False)
    return lambda seconds: time_machine.shift(timedelta(seconds=seconds))


@pytest.fixture
def talk(session, carol):
    return say(session, text="It does not print", client_id="c1", by=carol)


@pytest.fixture
def ended(session, talk, settings):
    settings.MAIL_IS_SET_UP = True
    end_session(session, by=session.primary)
    session.refresh_from_db()
    return session


def confirm(customer, email=ADDRESS):
    Participant.objects.filter(pk=customer.pk).update(email=email, confirmed=["email"])


def become(delivery, state):
    """What servers have said of a message: that it was taken, and then perhaps what became of it."""
    taken = state not in {"queued", "failed", "withdrawn"}
    Delivery.objects.filter(pk=delivery.pk).update(state=state, sent_at=clock.now() if taken else None)


def file_of(seat, session, **more):
    """Of a session that is over, or is ended for it."""
    session.refresh_from_db()
    if session.is_open:
        end_session(session, by=session.primary)
    answer = seat.get(reverse("save_transcript", args=[session.key]), **more)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def said_in(text):
    """Heads and what stands under them: without the head of the file."""
    return text.partition("\n\n")[2]


def page_of(seat, session):
    return " ".join(seat.get(reverse("remote_support", args=[session.key])).content.decode().split())


def error_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def attached(message):
    ((name, text, kind),) = message.attachments
    return name, text, kind


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


def send_get(browser, name, session):
    return browser.get(reverse(name, args=[session.key]), headers={"x-requested-with": "fetch"})


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


class TestByEmail:
    """To the customer's own, confirmed address."""

    def post(self, seat, session, **more):
        return seat.post(reverse("mail_transcript", args=[session.key]), **more)

    def test_it_is_on_its_way_and_then_sent(self, seat, ended, carol, mail_server):
        confirm(carol)
        answer = self.post(seat, ended)
        assert (answer.status_code, answer["Location"]) == (302, f"{carol.get_absolute_url()}#conversation")
        assert "The conversation is on its way to" in page_of(seat, ended)
        assert "has been sent to" not in page_of(seat, ended)
        run_due()
        assert "The conversation has been sent to" in page_of(seat, ended)
        (message,) = mail_server.messages
        assert message["To"] == ADDRESS
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Reply-To"] is None
        assert ended.number_in_threes in message["Subject"]
        (part,) = message.iter_attachments()
        assert (part.get_content_type(), part.get_filename()) == ("text/plain", f"conversation-{ended.number}.txt")
        assert "    It does not print\n" in part.get_content().replace("\r\n", "\n")
        assert latest(ended)[-1] == ("transcript.posted", {"participant": carol.pk, "by_customer": True})

    def test_one_that_comes_back_is_not_said_to_be_sent(self, seat, ended, carol, mail_server):
        mail_server.unknown.add(ADDRESS)
        confirm(carol)
        self.post(seat, ended)
        run_due()
        assert "The conversation could not be delivered to" in page_of(seat, ended)

    @pytest.mark.parametrize(("email", "confirmed"), [("", []), (ADDRESS, []), (ADDRESS, ["name"]), ("", ["email"])])
    def test_a_typed_address_gets_none(self, seat, ended, carol, email, confirmed):
        Participant.objects.filter(pk=carol.pk).update(email=email, confirmed=confirmed)
        assert error_of(send(seat, "mail_transcript", ended)) == (409, "address_not_confirmed")
        assert not TranscriptMail.objects.exists()
        page = page_of(seat, ended)
        assert reverse("mail_transcript", args=[ended.key]) not in page
        assert reverse("save_transcript", args=[ended.key]) in page

    def test_no_address_is_taken_from_the_form(self, seat, ended, carol):
        confirm(carol)
        send(seat, "mail_transcript", ended, email="victim@example.com")
        assert TranscriptMail.objects.get().email == ADDRESS

    @pytest.fixture
    def invited(self, session, settings, mail_server):
        """Have Carol join by an invitation whose mail has come to that, and the session end; returns her browser."""
        settings.MAIL_IS_SET_UP = True

        def invited(*, typed=ADDRESS, own_program=False, state="sent"):
            invite = invite_by_own_program if own_program else invite_by_email
            invitation = invite(session, recipient="customer", email=ADDRESS, language="ar", by=session.primary)
            if not own_program:
                become(invitation.delivery, state)
            carol, secret = accept_invitation(invitation, name="Carol", email=typed, language="ar")
            be_here(carol)
            say(session, text="Hello", client_id="1", by=carol)
            end_session(session, by=session.primary)
            browser = Client()
            browser.cookies[seat_cookie(session.key)] = secret
            return browser

        return invited

    @pytest.mark.parametrize("state", ["sent", "delivered", "deferred"])
    def test_to_where_the_site_mailed_the_invitation_if_they_typed_that(self, session, invited, state):
        browser = invited(typed=ADDRESS.title(), state=state)
        assert send(browser, "mail_transcript", session).status_code == 200
        assert TranscriptMail.objects.get().email.lower() == ADDRESS

    @pytest.mark.parametrize(
        "how",
        [
            {"typed": "victim@example.com"},
            {"typed": ""},
            {"own_program": True},
            *({"state": state} for state in ("queued", "bounced", "rejected", "complained", "failed", "withdrawn")),
        ],
        ids=str,
    )
    def test_an_invitation_vouches_for_no_more_than_that(self, session, invited, how):
        browser = invited(**how)
        assert error_of(send(browser, "mail_transcript", session)) == (409, "address_not_confirmed")
        page = page_of(browser, session)
        assert reverse("mail_transcript", args=[session.key]) not in page
        assert how.get("typed", ADDRESS) == ADDRESS or ADDRESS not in page

    def test_once_its_delivery_is_forgotten_an_invitation_vouches_for_nothing(self, session, invited):
        browser = invited()
        Delivery.objects.all().delete()
        assert error_of(send(browser, "mail_transcript", session)) == (409, "address_not_confirmed")

    def test_subject_and_message_hold_nothing_that_was_typed(self, seat, session, carol, settings):
        settings.MAIL_IS_SET_UP = True
        Participant.objects.filter(pk=carol.pk).update(name="Buy at example.org")
        say(session, text="Visit example.org", client_id="1", by=carol)
        end_session(session, by=session.primary)
        confirm(carol)
        self.post(seat, session)
        run_due()
        (message,) = mail.outbox
        for text in (message.subject, message.body, message.alternatives[0][0], attached(message)[0]):
            assert "example.org" not in text
        assert "Visit example.org" in attached(message)[1]

    def test_it_is_in_the_customers_language(self, seat, ended, carol):
        confirm(carol)
        self.post(seat, ended, headers={"Accept-Language": "ar"})
        run_due()
        (message,) = mail.outbox
        assert "محادثة جلسة الدعم" in message.body
        assert 'dir="rtl"' in message.alternatives[0][0]
        assert "\u2068Carol\u2069" in attached(message)[1]
        assert message.extra_headers["Content-Language"] == "ar"

    def test_three_at_most_and_a_repeat_is_none(self, seat, ended, carol):
        confirm(carol)
        for _ in range(2):
            self.post(seat, ended)
        assert TranscriptMail.objects.count() == 1
        for _ in range(MOST_BY_CUSTOMER - 1):
            run_due()
            self.post(seat, ended)
        run_due()
        assert error_of(send(seat, "mail_transcript", ended)) == (429, "too_many_transcripts")
        assert TranscriptMail.objects.count() == MOST_BY_CUSTOMER
        assert reverse("mail_transcript", args=[ended.key]) not in page_of(seat, ended)

    def test_of_all_customers_of_a_session_there_is_a_limit(self, seat, ended, carol, monkeypatch):
        monkeypatch.setattr(limits, "MOST_A_SESSION", 1)
        other = Participant.objects.create(session=ended, kind="customer", name="Omar")
        TranscriptMail.objects.create(participant=other, email=ADDRESS, language="en")
        confirm(carol)
        assert error_of(send(seat, "mail_transcript", ended)) == (429, "too_many_transcripts")
        assert reverse("mail_transcript", args=[ended.key]) not in page_of(seat, ended)

    def test_what_a_representative_typed_is_not_shown_to_the_customer(self, seat, desk, ended, carol, mail_server):
        confirm(carol, "mine@example.com")
        mail_server.unknown.add("unknown@example.com")
        for address in (ADDRESS, "unknown@example.com"):
            send(desk, "send_transcript", ended, carol.pk, email=address)
        page = page_of(seat, ended)
        assert page.count("The conversation that your support representative sends by email is on its way.") == 2
        run_due()
        pages = [page_of(seat, ended)]
        assert "Your support representative has sent the conversation by email." in pages[0]
        assert "sent the conversation by email, but it could not be delivered." in pages[0]
        self.post(seat, ended)
        Delivery.objects.all().delete()
        pages.append(page_of(seat, ended))
        assert 'What became of the conversation to <bdi dir="ltr">mine@example.com</bdi>' in pages[1]
        assert "What became of the conversation that your support representative sent is no longer known." in pages[1]
        assert "on its way" not in pages[1]
        for page in pages:
            assert ADDRESS not in page
            assert "unknown@example.com" not in page

    def test_not_before_it_is_over_for_the_customer(self, seat, session, carol, talk, settings):
        settings.MAIL_IS_SET_UP = True
        confirm(carol)
        assert error_of(send(seat, "mail_transcript", session)) == (409, "transcript_too_early")
        leave_session(session, by=carol)
        assert send(seat, "mail_transcript", session).status_code == 200

    @pytest.mark.parametrize("why", ["file alone", "off", "no mail server"])
    def test_a_site_that_mails_none_offers_and_promises_nothing(self, seat, ended, carol, policy, settings, why):
        confirm(carol)
        settings.MAIL_IS_SET_UP = why != "no mail server"
        policy.transcripts = {"file alone": "file", "off": "off"}.get(why, "mail")
        policy.save()
        assert reverse("mail_transcript", args=[ended.key]) not in page_of(seat, ended)
        assert error_of(send(seat, "mail_transcript", ended)) == (409, "transcript_not_mailed")

    def test_an_empty_conversation_is_not_sent(self, seat, session, carol, settings):
        settings.MAIL_IS_SET_UP = True
        confirm(carol)
        end_session(session, by=session.primary)
        assert error_of(send(seat, "mail_transcript", session)) == (409, "nothing_was_said")

    @pytest.mark.parametrize("what", ["erased", "switched off", "deleted by retention"])
    def test_what_may_not_be_sent_any_more_is_not(self, seat, ended, carol, dana, policy, what):
        confirm(carol)
        self.post(seat, ended)
        if what == "erased":
            erase_customer(ended, carol, by=dana)
            assert TranscriptMail.objects.get().email == ""
        elif what == "switched off":
            policy.transcripts = "file"
            policy.save()
        else:
            ended.chat_messages.all().delete()
        run_due()
        assert mail.outbox == []
        assert Delivery.objects.get().state == "withdrawn"

    def test_what_servers_say_is_not_kept(self, seat, ended, carol, mail_server):
        mail_server.refuse["RCPT"] = f"550 5.1.1 {ADDRESS} is unknown"
        confirm(carol)
        self.post(seat, ended)
        run_due()
        assert Delivery.objects.get().detail == ""

    def test_of_a_long_one_the_latest_part_is_attached_and_it_says_so(
        self, now, seat, session, carol, monkeypatch, settings
    ):
        settings.MAIL_IS_SET_UP = True
        for number in range(30):
            say(session, text=f"Line {number};", client_id=f"{number}", by=carol)
            now(60)
        end_session(session, by=session.primary)
        confirm(carol)
        monkeypatch.setattr(transcript, "MOST_BYTES", 300)
        self.post(seat, session)
        run_due()
        (message,) = mail.outbox
        assert "the latest part of it is attached" in message.body
        assert "the latest part of it is attached" in message.alternatives[0][0]
        text = attached(message)[1]
        assert "Only the latest part of the conversation fits here." in text
        assert "Line 29;" in text
        assert "Line 0;" not in text
        assert len(said_in(text).encode()) <= 400

    def test_form_refused_at_its_address_leads_back(self, seat, ended, carol):
        answer = seat.get(reverse("mail_transcript", args=[ended.key]))
        assert answer["Location"] == f"{carol.get_absolute_url()}#conversation"


def test_latest_text_is_the_end_of_the_whole(now, session, carol):
    for number in range(PIECE + 5):
        say(session, text=f"Line {number};", client_id=f"{number}", by=carol)
        now(60)
    whole = "".join(whole_text(carol))
    assert latest_text(carol, len(whole.encode())) == (whole, False)
    part, is_cut = latest_text(carol, len(whole.encode()) - 1)
    assert is_cut
    assert whole.endswith(part)
    assert "Line 0;" not in part
    assert "Line 1;" in part
    assert latest_text(carol, 0) == ("", True)
    assert text_of([], NOON.date()) == ""


class TestByRepresentative:
    def form(self, browser, session, customer, email=ADDRESS, **more):
        return send(browser, "send_transcript", session, customer.pk, email=email, **more)

    @pytest.mark.parametrize("place", ["record", "summary"])
    def test_they_send_it_and_both_pages_say_what_becomes_of_it(self, desk, ended, carol, amal, mail_server, place):
        pages = [reverse("record", args=[ended.key]), reverse("dashboard", args=[ended.key])]
        for url, name in zip(pages, FORMS.values(), strict=True):
            form = f'action="{reverse(name, args=[ended.key, carol.pk])}"'
            assert form in desk.get(url).content.decode()
        answer = desk.post(reverse(FORMS[place], args=[ended.key, carol.pk]), {"email": "Carol@Example.com "})
        assert answer["Location"] == f"{pages[place != 'record']}#conversation-{carol.pk}"
        for url in pages:
            assert "<strong>Queued</strong>" in desk.get(url).content.decode()
        run_due()
        for url in pages:
            assert "<strong>Sent</strong>" in desk.get(url).content.decode()
        (message,) = mail_server.messages
        assert message["Reply-To"] == amal.email
        assert "Your support representative sent it" in message.get_body(("plain",)).get_content()
        assert latest(ended)[-1] == ("transcript.posted", {"participant": carol.pk, "by_customer": False})
        assert "Amal</bdi> sent the conversation to <bdi>Carol" in desk.get(pages[0]).content.decode()

    def test_it_bounces_and_the_record_says_so(self, desk, ended, carol, mail_server):
        mail_server.unknown.add(ADDRESS)
        self.form(desk, ended, carol)
        run_due()
        assert "<strong>Bounced</strong>" in desk.get(reverse("record", args=[ended.key])).content.decode()

    def test_it_is_in_the_language_of_the_customer(self, desk, ended, carol):
        Participant.objects.filter(pk=carol.pk).update(language="ar")
        self.form(desk, ended, carol)
        run_due()
        assert "محادثة جلسة الدعم" in mail.outbox[0].body

    def test_an_address_that_was_typed_is_offered_with_a_warning(self, desk, ended, carol):
        Participant.objects.filter(pk=carol.pk).update(email=ADDRESS)
        warning = "The customer typed this address."
        record = reverse("record", args=[ended.key])
        assert warning in desk.get(record).content.decode()
        confirm(carol)
        page = desk.get(record).content.decode()
        assert warning not in page
        assert f'value="{ADDRESS}"' in page

    @pytest.mark.parametrize("place", ["record", "summary"])
    @pytest.mark.parametrize("wrong", ["", "carol@", "a@example.com, b@example.com"])
    def test_a_wrong_address_is_refused_where_it_was_typed(self, desk, ended, carol, place, wrong):
        answer = desk.post(reverse(FORMS[place], args=[ended.key, carol.pk]), {"email": wrong})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "errorlist" in page
        assert ("record-people" in page) == (place == "record")
        assert not TranscriptMail.objects.exists()
        assert error_of(self.form(desk, ended, carol, wrong)) == (422, "message_refused")

    @pytest.mark.parametrize("place", ["record", "summary"])
    def test_a_get_leads_back(self, desk, ended, carol, place):
        answer = desk.get(reverse(FORMS[place], args=[ended.key, carol.pk]))
        back = reverse("record", args=[ended.key]) if place == "record" else ended.primary.get_absolute_url()
        assert answer["Location"] == back

    def test_links_of_a_record_whose_form_was_refused_lead_to_the_record(self, desk, ended, carol, monkeypatch):
        """The customer is not on the first page of people; the page that has them is answered."""
        Participant.objects.create(session=ended, kind="customer", name="Omar", admitted_at=clock.now())
        last = Participant.objects.create(session=ended, kind="customer", name="Zenobia", admitted_at=clock.now())
        Participant.objects.filter(pk=last.pk).update(lines_before=0)
        monkeypatch.setattr("sessions_app.queries.record.PAGE", 2)
        url = reverse("send_transcript_from_record", args=[ended.key, last.pk])
        answer = desk.post(url, {"email": "carol@"})
        assert answer.status_code == 422
        assert "no-store" in answer["Cache-Control"]
        page = answer.content.decode()
        assert "errorlist" in page
        assert f'id="conversation-{last.pk}"' in page
        assert 'href="?' not in page
        record = reverse("record", args=[ended.key])
        assert f'href="{record}?' in page
        assert f'href="{record}?customer=' in page

    def test_a_manager_who_was_not_there_sends_none_and_sees_what_was_sent(self, client, dana, ended, carol):
        TranscriptMail.objects.create(participant=carol, email=ADDRESS, language="en", sent_by=ended.primary.user)
        client.force_login(dana)
        page = client.get(reverse("record", args=[ended.key])).content.decode()
        assert ADDRESS in page
        assert reverse("send_transcript_from_record", args=[ended.key, carol.pk]) not in page
        assert self.form(client, ended, carol).status_code == 404

    def test_who_was_in_another_session_finds_none(self, client, faris, ended, carol):
        make_session(faris)
        client.force_login(faris)
        assert self.form(client, ended, carol).status_code == 404

    def test_not_while_the_session_runs(self, desk, session, carol, talk, settings):
        settings.MAIL_IS_SET_UP = True
        assert error_of(self.form(desk, session, carol)) == (409, "transcript_too_early")

    def test_not_to_who_was_shown_out_erased_or_never_let_in(self, desk, session, carol, talk, dana, settings, policy):
        settings.MAIL_IS_SET_UP = True
        shown_out, erased = make_customer(session, "Rami"), make_customer(session, "Zenobia")
        remove_participant(session, shown_out, by=session.primary)
        policy.admit_by_hand = True
        policy.save()
        waiting, _secret = join_session(session, name="Walter")
        end_session(session, by=session.primary)
        erase_customer(session, erased, by=dana)
        for one in (shown_out, erased, waiting):
            assert error_of(self.form(desk, session, one)) == (404, "no_such_participant")
            assert reverse("send_transcript_from_record", args=[session.key, one.pk]) not in (
                desk.get(reverse("record", args=[session.key])).content.decode()
            )

    def test_not_to_a_customer_of_another_session_or_to_a_colleague(self, desk, ended, faris):
        other = make_customer(make_session(faris), "Mallory")
        for one in (other, ended.primary):
            assert error_of(self.form(desk, ended, one)) == (404, "no_such_participant")

    def test_so_many_of_a_customer(self, desk, ended, carol):
        for number in range(MOST_A_CUSTOMER):
            assert self.form(desk, ended, carol, f"c{number}@example.com").status_code == 200
        assert error_of(self.form(desk, ended, carol, "one@more.example")) == (429, "too_many_transcripts")
        assert reverse("send_transcript_from_record", args=[ended.key, carol.pk]) not in (
            desk.get(reverse("record", args=[ended.key])).content.decode()
        )

    def test_so_many_of_a_representative_in_an_hour(self, clock, desk, ended, carol, monkeypatch):
        monkeypatch.setattr(transcripts, "MOST_AN_HOUR", 2)
        for number in range(2):
            assert self.form(desk, ended, carol, f"c{number}@example.com").status_code == 200
        assert error_of(self.form(desk, ended, carol, "c3@example.com")) == (429, "transcripts_too_fast")
        clock.forward(hours=1, seconds=1)
        assert self.form(desk, ended, carol, "c3@example.com").status_code == 200

    @pytest.mark.parametrize("why", ["the session has had so many", "they could read nothing"])
    def test_no_form_is_offered_that_can_only_be_refused(self, desk, ended, carol, monkeypatch, why):
        if why == "they could read nothing":
            Participant.objects.filter(pk=carol.pk).update(lines_before=ended.chat_messages.get().pk)
            refused = (409, "nothing_was_said")
        else:
            monkeypatch.setattr(limits, "MOST_A_SESSION", 1)
            other = Participant.objects.create(session=ended, kind="customer", name="Omar")
            TranscriptMail.objects.create(participant=other, email=ADDRESS, language="en")
            refused = (429, "too_many_transcripts")
        assert error_of(self.form(desk, ended, carol)) == refused
        for name in ("record", "dashboard"):
            page = desk.get(reverse(name, args=[ended.key])).content.decode()
            assert reverse("send_transcript", args=[ended.key, carol.pk]) not in page
            assert reverse("send_transcript_from_record", args=[ended.key, carol.pk]) not in page

    @pytest.mark.parametrize("answers", [True, False])
    def test_it_asks_for_an_answer_only_where_one_arrives(self, desk, ended, carol, amal, answers):
        type(amal).objects.filter(pk=amal.pk).update(email=amal.email if answers else "")
        self.form(desk, ended, carol)
        run_due()
        (message,) = mail.outbox
        assert bool(message.reply_to) == answers
        for text in (message.body, message.alternatives[0][0]):
            assert ("please tell us by answering" in text) == answers
            assert "delete it." in text

    def test_a_second_press_while_it_is_on_its_way_is_none(self, desk, ended, carol):
        assert self.form(desk, ended, carol).json() == self.form(desk, ended, carol).json()
        assert TranscriptMail.objects.count() == 1


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


def test_the_limits_are_those_of_the_documents():
    found = (limits.MOST_A_CUSTOMER, limits.MOST_BY_CUSTOMER, limits.MOST_A_SESSION, limits.MOST_AN_HOUR)
    assert found == (5, 3, 30, 30)
