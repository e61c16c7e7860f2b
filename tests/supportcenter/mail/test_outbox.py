"""A message of a kind of our own goes through the outbox to a real mail server."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from supportcenter.backups.jobs import hold_mail
from supportcenter.jobs.models import MOST_ATTEMPTS, Job
from supportcenter.jobs.outbox.retry import retry
from supportcenter.jobs.workers.runner import run_one
from supportcenter.mail import owners
from supportcenter.mail.actions import ABANDONED, KEPT, blank_details
from supportcenter.mail.jobs import look_after
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post, post_once
from tests.supportcenter.mail.conftest import KIND

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


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


def break_down(*_args):
    raise ZeroDivisionError


def test_a_message_that_cannot_be_written_fails_with_the_last_attempt(owner, mail_server, monkeypatch):
    monkeypatch.setitem(owners.composers, KIND, break_down)
    delivery = post(KIND, 7)
    attempt(MOST_ATTEMPTS - 1)
    assert facts(delivery) == ("queued", "", "")

    attempt()

    assert facts(delivery) == ("failed", "broken", "")
    assert owner.heard == ["failed"]


def test_what_has_failed_may_be_tried_again_by_its_job(owner, mail_server):
    mail_server.refuse = {"RCPT": "450 4.2.1 Greylisted"}
    delivery = post(KIND, 7)
    attempt(MOST_ATTEMPTS)
    assert facts(delivery)[0] == "failed"

    mail_server.refuse = {}
    retry(Job.objects.get(kind="mail.send"))
    attempt()

    assert facts(delivery) == ("sent", "", "")
    assert len(mail_server.messages) == 1


def test_one_whose_worker_died_in_the_last_attempt_does_not_wait_for_ever(owner):
    dead, lost, waiting, held, young = (post(KIND, number) for number in range(5))
    long_ago = timezone.now() - ABANDONED - timedelta(seconds=1)
    Delivery.objects.exclude(pk=young.pk).update(created_at=long_ago)
    # As a restore holds mail back, until an admin has it tried again.
    job_of(held).update(failed_at=long_ago)
    job_of(dead).update(failed_at=long_ago, attempts=MOST_ATTEMPTS + 1)
    job_of(lost).delete()
    job_of(young).delete()

    look_after()
    look_after()

    assert [facts(each)[:2] for each in (dead, lost)] == [("failed", "broken")] * 2
    assert [facts(each)[:2] for each in (waiting, held, young)] == [("queued", "")] * 3
    assert owner.heard == ["failed", "failed"]


def job_of(delivery):
    return Job.objects.filter(kind="mail.send", payload={"delivery": delivery.pk})


def test_what_is_older_than_three_months_is_deleted(owner):
    old, young = post(KIND, 1), post(KIND, 2)
    Delivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - KEPT - timedelta(seconds=1))

    look_after()

    assert [*Delivery.objects.all()] == [young]


def test_a_job_that_runs_twice_posts_once(owner):
    first, second = (post_once(KIND, 7, sending=1) for _time in range(2))

    assert first is not None
    assert second is None
    assert Job.objects.filter(kind="mail.send").count() == 1


def test_nothing_leaves_if_the_transaction_does_not_hold(owner, mail_server):
    with transaction.atomic():
        post(KIND, 7)
        transaction.set_rollback(True)
    attempt()
    assert (Delivery.objects.count(), mail_server.messages) == (0, [])


def test_a_restored_site_sends_nothing_by_itself(owner, mail_server):
    post(KIND, 7)
    assert hold_mail("2026-11-29") == 1
    attempt()
    assert mail_server.messages == []


def test_the_servers_words_are_erased_with_their_owner(owner, mail_server):
    mail_server.refuse = {"RCPT": "550 5.1.1 carol@example.com is unknown"}
    mine, other = post(KIND, 7), post(KIND, 8)
    attempt()

    blank_details(KIND, [7])

    assert facts(mine) == ("bounced", "bad_address", "")
    assert facts(other)[2] == "5.1.1 carol@example.com is unknown"


def test_one_whose_composer_raised_is_tried_again(owner, mail_server, monkeypatch):
    delivery = post(KIND, 7)
    with monkeypatch.context() as broken:
        broken.setitem(owners.composers, KIND, lambda delivery: 1 / 0)
        attempt()
    delivery.refresh_from_db()
    assert delivery.began_at is None

    attempt()

    assert facts(delivery)[0] == "sent"
    # Nothing was handed over before.
    assert not delivery.may_be_taken


@pytest.mark.django_db(transaction=True)
def test_a_delivery_without_its_job_is_never_left_behind(owner, monkeypatch):
    def die(*args, **more):
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr("supportcenter.mail.outbox.run_later", die)
        with pytest.raises(SystemExit):
            post_once(KIND, 7, sending=1)

    assert not Delivery.objects.exists()
    assert post_once(KIND, 7, sending=1)
