"""Real SMTP, with servers as they are: strict, slow, suspicious of strangers, and gone in the middle of a message."""

from datetime import timedelta

import pytest
from django.utils import timezone

from supportcenter.jobs.models import Job
from supportcenter.mail.outbox import post
from tests.supportcenter.mail.conftest import KIND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("owner")]


def ids(server):
    return [message["Message-ID"] for message in server.messages]


def state(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_one_address_that_is_refused_holds_up_no_other(mail_server, clock):
    mail_server.unknown = {"nobody@example.com"}
    wrong, right = post(KIND, 1, to="nobody@example.com"), post(KIND, 2)

    clock.forward(seconds=1)

    assert (state(wrong), state(right)) == ("bounced", "sent")
    assert ids(mail_server) == [right.message_id]


def test_a_server_that_greylists_has_it_within_half_an_hour(mail_server, clock, owner):
    """Servers that want to see a stranger again mostly wait for five minutes."""
    mail_server.greylists = 4
    delivery = post(KIND, 1)
    began = timezone.now()
    clock.forward(seconds=1)
    assert state(delivery) == "deferred"
    deferred_at = delivery.changed_at

    for _time in range(180):
        if state(delivery) == "sent":
            break
        assert delivery.changed_at == deferred_at
        clock.forward(seconds=10)

    assert timedelta(minutes=1) < timezone.now() - began < timedelta(minutes=30)
    assert ids(mail_server) == [delivery.message_id]
    assert owner.heard == ["deferred", "sent"]


def test_a_line_that_is_cut_in_the_middle_is_tried_again_under_the_same_name(mail_server, clock):
    mail_server.drops = 1
    delivery = post(KIND, 1)
    clock.forward(seconds=1)
    assert (state(delivery), delivery.reason) == ("deferred", "unreachable")
    assert ids(mail_server) == []

    clock.forward(seconds=10)

    assert state(delivery) == "sent"
    assert ids(mail_server) == [delivery.message_id]


def test_a_slow_server_is_waited_for(mail_server, clock):
    mail_server.delay = 0.2
    delivery = post(KIND, 1)
    clock.forward(seconds=1)
    assert (state(delivery), delivery.attempts) == ("sent", 1)


def test_a_server_that_takes_longer_than_the_limit_is_tried_again(mail_server, clock, settings):
    settings.EMAIL_TIMEOUT, mail_server.delay = 0.2, 30
    delivery = post(KIND, 1)
    clock.forward(seconds=1)
    assert (state(delivery), delivery.reason) == ("deferred", "unreachable")
    mail_server.delay = 0
    clock.forward(seconds=10)
    assert ids(mail_server) == [delivery.message_id]


def test_two_jobs_for_one_delivery_hand_it_over_once(mail_server, clock):
    delivery = post(KIND, 1)
    Job.objects.create(kind="mail.send", payload={"delivery": delivery.pk}, slow=True)
    clock.forward(seconds=1)
    assert len(mail_server.messages) == 1
