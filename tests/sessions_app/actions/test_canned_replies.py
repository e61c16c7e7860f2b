import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.actions.canned_replies import delete_reply, save_reply
from sessions_app.actions.chat import say
from sessions_app.errors import ConversationFull, NotACsr, ReplyRefused
from sessions_app.models import CannedReply
from sessions_app.rules import chat_pace
from supportcenter import clock
from supportcenter.accounts.models import User
from tests.factories import make_assistant
from tests.webacd.factories import make_agent, make_queue, served
from webacd.models import QueueReply

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def make_reply(shortcut="thanks", **more):
    return CannedReply.objects.create(**{"shortcut": shortcut, "text": "Thank you.", **more})


def used(reply):
    reply.refresh_from_db()
    return reply.times_used


class TestOnesOwn:
    def test_a_reply_is_its_savers(self, amal):
        reply = save_reply(CannedReply(shortcut="thanks", text="Thank you."), by=amal)
        reply.refresh_from_db()
        assert (reply.owner, reply.shortcut, reply.folded_shortcut) == (amal, "thanks", "thanks")

    def test_what_the_reply_refuses_changes_nothing(self, amal):
        save_reply(CannedReply(shortcut="thanks", text="Thank you."), by=amal)
        with pytest.raises(ReplyRefused) as refused:
            save_reply(CannedReply(shortcut="Thanks", text="Thanks!"), by=amal)
        assert str(refused.value.message) == "Another reply has this shortcut."
        assert CannedReply.objects.get().text == "Thank you."

    def test_what_was_counted_meanwhile_stays(self, amal):
        reply = save_reply(CannedReply(shortcut="thanks", text="Thank you."), by=amal)
        read = CannedReply.objects.get()
        CannedReply.objects.update(times_used=7, last_used_at=clock.now())
        read.shortcut, read.text = "Danke", "Thanks!"
        save_reply(read, by=amal)
        reply.refresh_from_db()
        assert (reply.folded_shortcut, reply.text, reply.times_used) == ("danke", "Thanks!", 7)
        assert reply.last_used_at is not None

    def test_one_that_was_deleted_meanwhile_does_not_come_back(self, amal):
        save_reply(CannedReply(shortcut="thanks", text="Thank you."), by=amal)
        read = CannedReply.objects.get()
        delete_reply(read, by=amal)
        with pytest.raises(ReplyRefused) as refused:
            save_reply(read, by=amal)
        assert str(refused.value.message) == "This reply has been deleted."
        assert not CannedReply.objects.exists()

    def test_who_is_no_representative_any_more_has_none(self, amal):
        reply = save_reply(CannedReply(shortcut="thanks", text="Thank you."), by=amal)
        amal.csr_privileges.delete()
        amal = User.objects.get(pk=amal.pk)
        with pytest.raises(NotACsr):
            save_reply(CannedReply(shortcut="bye", text="Good-bye."), by=amal)
        with pytest.raises(NotACsr):
            delete_reply(reply, by=amal)
        assert CannedReply.objects.get() == reply

    def test_it_is_deleted_by_its_owner_and_with_the_account_alone(self, amal, bilal):
        mine, theirs, sites = make_reply(owner=amal), make_reply(owner=bilal), make_reply()
        for reply in (mine, theirs, sites):
            delete_reply(reply, by=amal)
        assert {*CannedReply.objects.all()} == {theirs, sites}
        bilal.is_active = False
        bilal.save()
        assert CannedReply.objects.filter(owner=bilal).exists()
        bilal.delete()
        assert CannedReply.objects.get() == sites


class TestUse:
    def test_each_message_that_was_sent_with_it_counts_once(self, session):
        primary, reply = session.primary, make_reply()
        before = clock.now()
        for client_id in ("c1", "c1", "c2"):
            say(session, text="Thank you.", client_id=client_id, by=primary, reply=f"site-{reply.pk}")
        assert used(reply) == 2
        assert reply.last_used_at >= before

    def test_a_message_that_is_refused_counts_nothing(self, session, monkeypatch):
        monkeypatch.setattr(chat_pace, "EVENTS", 0)
        reply = make_reply()
        with pytest.raises(ConversationFull):
            say(session, text="Thank you.", client_id="c1", by=session.primary, reply=f"site-{reply.pk}")
        assert used(reply) == 0

    def test_only_what_the_writer_has_is_counted(self, session, amal, bilal, carol):
        make_assistant(session, bilal)
        mine, theirs, sites = make_reply(owner=amal), make_reply(owner=bilal), make_reply()
        for number, (reply, by) in enumerate([(theirs, session.primary), (sites, carol), (mine, carol)]):
            say(session, text="Thanks", client_id=f"c{number}", by=by, reply=f"own-{reply.pk}")
            say(session, text="Thanks", client_id=f"d{number}", by=by, reply=f"site-{reply.pk}")
        assert [used(each) for each in (mine, theirs, sites)] == [0, 0, 0]
        say(session, text="Thanks", client_id="e", by=session.primary, reply=f"own-{mine.pk}")
        assert used(mine) == 1

    @pytest.mark.parametrize(
        "name", ["site", "site-", "-1", "site-x", "site-٣", "nowhere-1", "site-" + "9" * 40, "queue-1"]
    )
    def test_a_name_that_is_none_is_a_message_all_the_same(self, session, name):
        assert say(session, text="Thanks", client_id="c1", by=session.primary, reply=name).pk

    def test_a_queues_reply_counts_in_sessions_of_the_queue(self, amal, bilal):
        agent = make_agent(amal)
        queue, other = make_queue(agents=[agent]), make_queue("billing")
        here = QueueReply.objects.create(queue=queue, shortcut="hours", text="Until five.")
        elsewhere = QueueReply.objects.create(queue=other, shortcut="hours", text="Until six.")
        session = served(queue, agent)
        for reply in (here, elsewhere):
            say(session, text="Until", client_id=f"c{reply.pk}", by=session.primary, reply=f"queue-{reply.pk}")
        assert (used(here), used(elsewhere)) == (1, 0)


def test_a_message_without_a_reply_costs_nothing_more(session):
    reply = make_reply()
    say(session, text="First", client_id="c0", by=session.primary)
    with CaptureQueriesContext(connection) as plain:
        say(session, text="Hello", client_id="c1", by=session.primary)
    with CaptureQueriesContext(connection) as counted:
        say(session, text="Thank you.", client_id="c2", by=session.primary, reply=f"site-{reply.pk}")
    assert not [each for each in plain.captured_queries if "cannedreply" in each["sql"]]
    assert len(counted) == len(plain) + 1
