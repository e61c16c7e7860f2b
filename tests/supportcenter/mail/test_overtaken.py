"""A worker that was away for longer than its lease: another one has the job, and it comes back in the middle."""

from datetime import timedelta

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from supportcenter import metrics
from supportcenter.jobs.models import Job
from supportcenter.jobs.outbox.claim import SLOW_LEASE, claim
from supportcenter.jobs.workers.runner import run, run_one
from supportcenter.mail import owners
from supportcenter.mail.actions import begin_attempt, confirm, give_up, note_refusal, withdraw
from supportcenter.mail.jobs import send
from supportcenter.mail.models import Delivery
from supportcenter.mail.outbox import post
from supportcenter.mail.replies import Reply
from tests.supportcenter.mail.conftest import KIND

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NO = Reply("rejected", "refused", "5.7.1 Blocked")


class DialsLong(EmailBackend):
    """When it stands, another worker has begun."""

    def open(self):
        is_new = super().open()
        if is_new:
            begin_attempt(Delivery.objects.get().pk)
        return is_new


@pytest.fixture
def meanwhile(monkeypatch, owner):
    """meanwhile(act): it happens once, while the first worker writes the message: that may take as long as it likes."""

    def meanwhile(act):
        acts = [act]

        def compose(delivery):
            if acts:
                acts.pop()()
            return owner.compose(delivery)

        monkeypatch.setitem(owners.composers, KIND, compose)

    return meanwhile


def claim_again(leases=1):
    """After so many leases that were not renewed."""
    return claim(timezone.now() + leases * SLOW_LEASE + timedelta(seconds=leases))


def state(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_who_comes_back_when_another_has_sent_it_sends_no_second_one(mail_server, owner, meanwhile):
    delivery, job = post(KIND, 7), Job.objects.get(kind="mail.send")
    meanwhile(lambda: run(claim_again()))

    run_one(job.pk)

    assert len(mail_server.messages) == 1
    assert (state(delivery), delivery.attempts, owner.heard) == ("sent", 2, ["sent"])


def test_who_comes_back_while_another_has_it_in_hand_leaves_it_to_that(mail_server, owner, meanwhile, monkeypatch):
    counted = []
    monkeypatch.setattr(metrics, "_sink", lambda name, *facts: counted.extend([name] if name == "mail" else []))
    delivery, job = post(KIND, 7), Job.objects.get(kind="mail.send")
    others = []
    meanwhile(lambda: (others.append(claim_again()), begin_attempt(delivery.pk)))

    run_one(job.pk)

    assert mail_server.messages == []
    assert (state(delivery), owner.heard) == ("queued", [])
    # It has not failed, either.
    assert counted == []
    # The other one dies: its job is there to be claimed, and the message leaves with the third attempt.
    [other] = others
    assert Job.objects.get().attempts == other.attempts == 2
    run(claim_again(leases=2))
    assert (state(delivery), len(mail_server.messages)) == ("sent", 1)


def test_it_does_not_leave_while_the_server_was_dialled(mail_server, settings, owner):
    """Reaching a server may take as long as writing the message: the row is asked when the line stands."""
    settings.EMAIL_BACKEND = f"{__name__}.DialsLong"
    delivery = post(KIND, 7)

    send(delivery.pk)

    assert mail_server.messages == []


def test_a_refusal_that_comes_late_is_not_noted(owner):
    delivery = post(KIND, 7)
    first, second = begin_attempt(delivery.pk), begin_attempt(delivery.pk)

    note_refusal(delivery.pk, NO, attempt=first.attempts)
    withdraw(delivery.pk, attempt=first.attempts)
    give_up(delivery.pk, attempt=first.attempts)
    assert (state(delivery), owner.heard) == ("queued", [])

    note_refusal(delivery.pk, NO, attempt=second.attempts)
    assert (state(delivery), owner.heard) == ("rejected", ["rejected"])


def test_that_it_was_taken_is_noted_however_late(owner):
    """It is true, and keeps the other one from sending it."""
    delivery = post(KIND, 7)
    begin_attempt(delivery.pk)
    second = begin_attempt(delivery.pk)

    confirm(delivery.pk)

    assert (state(delivery), owner.heard) == ("sent", ["sent"])
    assert not second.is_still_ours()
    assert not Delivery.objects.get().may_be_handed_over
