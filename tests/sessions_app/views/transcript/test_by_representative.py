"""E67: the conversation by email, as a representative sends it."""

import pytest
from django.core import mail
from django.urls import reverse

from sessions_app.actions import transcripts
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import remove_participant
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import Participant, TranscriptMail
from sessions_app.rules import transcripts as limits
from sessions_app.rules.transcripts import MOST_A_CUSTOMER
from supportcenter import clock
from supportcenter.jobs.workers.runner import run_due
from tests.factories import latest, make_customer, make_session
from tests.sessions_app.views.asking import send
from tests.sessions_app.views.transcript.conversation import (
    ADDRESS,
    FORMS,
    confirm,
    error_of,
)

pytestmark = pytest.mark.django_db


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
