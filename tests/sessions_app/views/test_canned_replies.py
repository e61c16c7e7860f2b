"""Canned replies in a session's page and on the page of one's own."""

import gzip
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sessions_app.actions.lifecycle.join import join_session
from sessions_app.models import CannedReply, ChatMessage
from sessions_app.rules.seats import seat_cookie
from tests.factories import make_assistant, make_session
from tests.webacd.factories import make_agent, make_queue, served
from webacd.models import QueueReply

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


def make_reply(shortcut="thanks", **more):
    return CannedReply.objects.create(**{"shortcut": shortcut, "text": "Thank you.", **more})


class TestInASession:
    @pytest.fixture
    def ask(self, client, amal, session):
        client.force_login(amal)
        return lambda **more: client.get(reverse("session_replies", args=[session.key]), **more)

    def test_a_representative_has_their_own_and_the_sites(self, ask, amal, bilal):
        sites = make_reply("thanks", title="Thanks", text_ar="شكرا", times_used=3)
        mine = make_reply("thanks", owner=amal)
        make_reply("secret", owner=bilal)
        listed = ask().json()
        assert listed["replies"] == [
            ["own", mine.pk, "thanks", "", "Thank you.", "", 0],
            ["site", sites.pk, "thanks", "Thanks", "Thank you.", "شكرا", 3],
        ]
        assert listed["labels"] == {"own": "Yours", "site": "Shared"}
        assert listed["values"] == {}

    def test_and_those_of_the_queue_that_the_session_came_by(self, client, amal):
        agent = make_agent(amal)
        queue, other = make_queue(agents=[agent], name_ar="الدعم"), make_queue("billing")
        reply = QueueReply.objects.create(queue=queue, shortcut="hours", text="Until five.")
        QueueReply.objects.create(queue=other, shortcut="hours", text="Until six.")
        session = served(queue, agent)
        client.force_login(amal)
        listed = client.get(reverse("session_replies", args=[session.key])).json()
        assert listed["replies"] == [["queue", reply.pk, "hours", "", "Until five.", "", 0]]
        assert listed["labels"]["queue"] == "Technical support"
        assert listed["values"] == {"en": {"queue": "Technical support"}, "ar": {"queue": "الدعم"}}

    def test_a_page_that_has_them_is_not_sent_them_again(self, ask, amal, bilal):
        reply = make_reply()
        first = ask()
        tag = f'"{first.json()["version"]}"'
        assert ask(headers={"If-None-Match": tag}).status_code == 304
        assert ask(headers={"If-None-Match": f"W/{tag}"}).status_code == 304
        # How often it was used is no other list, nor is a colleague's reply.
        CannedReply.objects.update(times_used=4)
        make_reply("secret", owner=bilal)
        assert ask(headers={"If-None-Match": tag}).status_code == 304
        reply.text = "Thanks!"
        reply.save()
        assert ask(headers={"If-None-Match": tag}).json()["replies"][0][4] == "Thanks!"

    def test_deleting_one_is_another_list(self, ask, amal):
        make_reply("a")
        make_reply("b").delete()
        tag = f'"{ask().json()["version"]}"'
        make_reply("c").delete()
        assert ask(headers={"If-None-Match": tag}).status_code == 304
        CannedReply.objects.all().delete()
        assert ask(headers={"If-None-Match": tag}).json()["replies"] == []

    def test_a_long_list_comes_compressed(self, ask):
        CannedReply.objects.bulk_create(CannedReply(shortcut=f"r{n}", text="Thank you. " * 20) for n in range(50))
        answer = ask(headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(json.loads(gzip.decompress(answer.content))["replies"]) == 50
        assert len(answer.content) < 2000

    def test_it_costs_the_same_however_many_there_are(self, ask, amal):
        make_reply("first")
        with CaptureQueriesContext(connection) as few:
            ask()
        CannedReply.objects.bulk_create(CannedReply(shortcut=f"r{n}", text="Thanks", owner=amal) for n in range(30))
        with CaptureQueriesContext(connection) as many:
            ask()
        assert len(many) == len(few) <= 8

    def test_a_customer_has_neither_the_list_nor_the_way_to_it(self, client, session):
        carol, seat = join_session(session, name="Carol")
        client.cookies[seat_cookie(session.key)] = seat
        address = reverse("session_replies", args=[session.key])
        assert client.get(address, headers=FETCH).status_code == 410
        page = client.get(carol.get_absolute_url()).content.decode()
        assert "data-chat-form" in page
        assert "data-replies" not in page
        assert "replies/" not in page

    def test_an_assistant_has_them_too(self, client, session, bilal):
        make_assistant(session, bilal)
        client.force_login(bilal)
        page = client.get(reverse("dashboard", args=[session.key])).content.decode()
        assert f'data-url="{reverse("session_replies", args=[session.key])}"' in page
        assert client.get(reverse("session_replies", args=[session.key])).status_code == 200

    def test_a_message_says_which_reply_it_was(self, client, amal, session):
        reply = make_reply()
        client.force_login(amal)
        fields = {"text": "Thank you.", "client_id": "c1", "reply": f"site-{reply.pk}"}
        client.post(reverse("send_message", args=[session.key]), fields, headers=FETCH)
        reply.refresh_from_db()
        assert (ChatMessage.objects.get().text, reply.times_used) == ("Thank you.", 1)


class TestOnesOwnPage:
    @pytest.fixture
    def page(self, client, amal):
        client.force_login(amal)
        return client

    def test_it_lists_ones_own_alone(self, page, amal, bilal):
        mine = make_reply("mine", owner=amal)
        make_reply("theirs", owner=bilal)
        make_reply("of-the-site")
        assert [*page.get(reverse("replies")).context["page"]] == [mine]

    @pytest.mark.parametrize("asked", ["THANK", "thank you", "شُكرا", "mine"])
    def test_it_is_searched_in_any_spelling(self, page, amal, asked):
        found = make_reply("mine", text_ar="شكرا", owner=amal)
        make_reply("other", text="Good-bye.", owner=amal)
        assert [*page.get(reverse("replies"), {"text": asked}).context["page"]] == [found]

    def test_a_search_that_finds_nothing_says_so(self, page, amal):
        make_reply(owner=amal)
        answer = page.get(reverse("replies"), {"text": "x" * 500})
        assert "No reply matches" in answer.content.decode()
        assert answer.context["asked"] == "x" * 80

    def test_its_pages_keep_what_was_searched_for(self, page, amal):
        CannedReply.objects.bulk_create(CannedReply(shortcut=f"r{n:03}", text="Thanks", owner=amal) for n in range(51))
        second = page.get(reverse("replies"), {"text": "thanks", "page": "2"})
        assert [one.shortcut for one in second.context["page"]] == ["r050"]
        assert "?text=thanks&amp;page=1" in second.content.decode()

    def test_a_reply_is_added_changed_and_deleted(self, page, amal):
        fields = {"shortcut": "/Thanks", "title": "", "text": "Thank you,\r\n{customer}.", "text_ar": ""}
        assert page.post(reverse("add_reply"), fields).url == reverse("replies")
        reply = CannedReply.objects.get()
        assert (reply.owner, reply.shortcut, reply.text) == (amal, "Thanks", "Thank you,\n{customer}.")
        assert page.post(reverse("change_reply", args=[reply.pk]), fields | {"text_ar": "شكرا"}).status_code == 302
        reply.refresh_from_db()
        assert reply.text_ar == "شكرا"
        assert page.post(reverse("delete_reply", args=[reply.pk])).url == reverse("replies")
        assert not CannedReply.objects.exists()

    @pytest.mark.parametrize(
        ("language", "said"), [("en", "There is no variable {name}."), ("ar", "لا يوجد متغير باسم {name}.")]
    )
    def test_what_is_wrong_is_said_beside_the_field_in_ones_language(self, page, amal, language, said):
        amal.language = language
        amal.save()
        with override(language):
            answer = page.post(reverse("add_reply"), {"shortcut": "a", "text": "Hello {name}"}, follow=False)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["text"]
        assert not CannedReply.objects.exists()

    @pytest.mark.parametrize("name", ["change_reply", "delete_reply"])
    def test_anothers_reply_and_the_sites_are_not_there(self, page, bilal, name):
        for reply in (make_reply(owner=bilal), make_reply()):
            answer = page.post(reverse(name, args=[reply.pk]), {"shortcut": "mine", "text": "Mine"})
            assert answer.status_code == 404
            reply.refresh_from_db()
            assert reply.text == "Thank you."

    def test_a_console_is_answered_with_facts(self, page, amal):
        saved = page.post(reverse("add_reply"), {"shortcut": "a", "text": "Thanks"}, headers=FETCH)
        assert saved.json() == {"reply": CannedReply.objects.get().pk}
        refused = page.post(reverse("add_reply"), {"shortcut": "A", "text": "Thanks"}, headers=FETCH)
        assert refused.status_code == 422
        assert refused.json()["error"] == {"code": "reply_refused", "message": "Another reply has this shortcut."}

    def test_the_menu_leads_there_for_representatives(self, client, amal, eve):
        for user, shown in ((amal, True), (eve, False)):
            client.force_login(user)
            assert (f'href="{reverse("replies")}"' in client.get(reverse("home")).content.decode()) == shown


class TestAdmin:
    @pytest.fixture
    def admin(self, client, dana):
        client.force_login(dana)
        return client

    def test_the_sites_replies_are_kept_there_and_nobodys_own(self, admin, amal):
        add = reverse("admin:sessions_app_cannedreply_add")
        fields = {"shortcut": "thanks", "title": "", "text": "Thank you.", "text_ar": ""}
        assert admin.post(add, fields).status_code == 302
        sites, own = CannedReply.objects.get(), make_reply("own", owner=amal)
        assert sites.owner is None
        shown = admin.get(reverse("admin:sessions_app_cannedreply_changelist"))
        assert [*shown.context["cl"].queryset] == [sites]
        assert admin.get(reverse("admin:sessions_app_cannedreply_change", args=[own.pk])).status_code == 302
        again = admin.post(add, fields | {"shortcut": "THANKS"})
        assert "Another reply has this shortcut." in again.content.decode()

    def test_the_settings_lead_there(self, admin):
        there = reverse("admin:sessions_app_cannedreply_changelist")
        assert f'href="{there}"' in admin.get(reverse("settings")).content.decode()

    def test_a_queues_replies_too(self, admin):
        queue, other = make_queue(), make_queue("billing")
        add = reverse("admin:webacd_queuereply_add")
        fields = {"queue": queue.pk, "shortcut": "hours", "title": "", "text": "Until five.", "text_ar": ""}
        assert admin.post(add, fields).status_code == 302
        assert admin.post(add, fields | {"queue": other.pk}).status_code == 302
        assert "Another reply has this shortcut." in admin.post(add, fields).content.decode()
        wrong = admin.post(add, fields | {"shortcut": "bye", "text": "{nobody}"})
        assert "There is no variable {nobody}." in wrong.content.decode()
        assert QueueReply.objects.count() == 2


def test_a_session_of_another_is_out_of_sight(client, amal, faris):
    client.force_login(amal)
    assert client.get(reverse("session_replies", args=[make_session(faris).key])).status_code == 404
