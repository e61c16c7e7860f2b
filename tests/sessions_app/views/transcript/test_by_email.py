"""E67: the conversation by email, to the customer's own address."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from invitations.actions.accept import accept_invitation
from invitations.actions.invite import invite_by_email, invite_by_own_program
from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.mail import transcript
from sessions_app.models import Participant, TranscriptMail
from sessions_app.queries.transcript import PIECE, latest_text, text_of, whole_text
from sessions_app.rules import transcripts as limits
from sessions_app.rules.seats import seat_cookie
from sessions_app.rules.transcripts import MOST_BY_CUSTOMER
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from tests.factories import be_here, latest
from tests.sessions_app.views.asking import send
from tests.sessions_app.views.transcript.conversation import (
    ADDRESS,
    NOON,
    attached,
    become,
    confirm,
    error_of,
    page_of,
    said_in,
)

pytestmark = pytest.mark.django_db


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


def test_the_limits_are_those_of_the_documents():
    found = (limits.MOST_A_CUSTOMER, limits.MOST_BY_CUSTOMER, limits.MOST_A_SESSION, limits.MOST_AN_HOUR)
    assert found == (5, 3, 30, 30)
