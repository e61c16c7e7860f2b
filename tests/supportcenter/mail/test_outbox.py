"""A message of a kind of our own goes through the outbox to a real mail server."""

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.jobs.workers.runner import run_one
from supportcenter.mail import owners
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KIND = "greeting"


class Owner:
    """Has the message that the site sends, and hears what became of it."""

    def __init__(self):
        self.wants_it = True
        self.heard = []

    def compose(self, delivery):
        return EmailMessage("Hello", "Good day.", to=["carol@example.com"]) if self.wants_it else None

    def hear(self, delivery):
        self.heard.append(delivery.state)


@pytest.fixture
def owner(monkeypatch):
    owner = Owner()
    monkeypatch.setitem(owners.composers, KIND, owner.compose)
    monkeypatch.setitem(owners.listeners, KIND, owner.hear)
    return owner


def attempt(times=1):
    for _attempt in range(times):
        waiting = Job.objects.pending().filter(kind="mail.send")
        waiting.update(due=timezone.now())
        for job in waiting:
            run_one(job.pk)


def facts(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.reason, delivery.detail


def test_a_message_is_handed_over_once(owner, mail_server):
    delivery = post(KIND, 7)

    attempt()
    attempt()

    [message] = mail_server.messages
    assert message["Message-ID"] == delivery.message_id
    assert delivery.message_id.startswith("<greeting-7-1.")
    assert delivery.message_id.endswith("@center.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert facts(delivery) == ("sent", "", "")
    assert delivery.sent_at is not None
    assert owner.heard == ["sent"]
    assert not Job.objects.filter(kind="mail.send").exists()


@pytest.mark.parametrize(
    ("step", "reply", "told"),
    [
        ("RCPT", "550 5.1.1 No such user here", ("bounced", "bad_address", "5.1.1 No such user here")),
        ("RCPT", "550 5.7.1 Blocked", ("rejected", "refused", "5.7.1 Blocked")),
        ("MAIL", "553 5.7.1 Sender not allowed", ("rejected", "refused", "5.7.1 Sender not allowed")),
        ("DATA", "554 5.7.1 Looks like spam", ("rejected", "refused", "5.7.1 Looks like spam")),
    ],
)
def test_a_final_no_ends_it(owner, mail_server, step, reply, told):
    mail_server.refuse = {step: reply}
    delivery = post(KIND, 7)

    attempt()

    assert facts(delivery) == told
    assert owner.heard == [told[0]]
    assert not Job.objects.filter(kind="mail.send").exists()


def test_a_passing_no_is_told_once_and_tried_again(owner, mail_server):
    mail_server.refuse = {"RCPT": "450 4.2.1 Greylisted"}
    delivery = post(KIND, 7)
    attempt(2)
    assert facts(delivery) == ("deferred", "not_now", "4.2.1 Greylisted")

    mail_server.refuse = {}
    attempt()

    assert facts(delivery) == ("sent", "", "")
    assert owner.heard == ["deferred", "sent"]
    assert [message["Message-ID"] for message in mail_server.messages] == [delivery.message_id]


def test_a_passing_no_that_stays_fails_in_the_end(owner, mail_server):
    mail_server.refuse = {"RCPT": "450 4.2.1 Greylisted"}
    delivery = post(KIND, 7)

    attempt(MOST_ATTEMPTS)

    assert facts(delivery) == ("failed", "not_now", "4.2.1 Greylisted")
    assert owner.heard == ["deferred", "failed"]


def test_a_mail_server_that_is_away_is_waited_for(owner, mail_server):
    mail_server.stop()
    delivery = post(KIND, 7)

    attempt()
    assert facts(delivery)[:2] == ("deferred", "unreachable")
    attempt(MOST_ATTEMPTS)

    assert facts(delivery)[:2] == ("failed", "unreachable")


def test_what_is_not_wanted_any_more_is_not_sent(owner, mail_server):
    owner.wants_it = False
    delivery = post(KIND, 7)

    attempt()

    assert mail_server.messages == []
    assert facts(delivery) == ("withdrawn", "", "")


def test_a_message_of_an_unknown_kind_waits_for_code_that_knows_it(mail_server):
    delivery = post("unheard_of", 7)

    attempt()

    assert facts(delivery) == ("queued", "", "")
    assert Job.objects.pending().filter(kind="mail.send").exists()


def test_a_second_attempt_after_a_death_has_the_same_message_id(owner, mail_server):
    """The first process died after the server had taken it: nothing tells that from a message that was never sent."""
    delivery = post(KIND, 7)
    Delivery.objects.filter(pk=delivery.pk).update(attempts=1, began_at=timezone.now())

    attempt()

    assert [message["Message-ID"] for message in mail_server.messages] == [delivery.message_id]


def test_it_is_given_up_in_time(owner, mail_server):
    delivery = post(KIND, 7)
    Delivery.objects.filter(pk=delivery.pk).update(give_up_at=timezone.now())

    attempt()

    assert mail_server.messages == []
    assert facts(delivery)[:2] == ("failed", "unreachable")
