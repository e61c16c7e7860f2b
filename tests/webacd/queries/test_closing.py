"""The closing form of a session that came from a queue is asked for by the queue's own rule, if it has one (E56)."""

import pytest

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.models import SessionClosing
from tests.webacd.factories import make_queue, served
from webacd.actions.transfer.in_transfer import take_back
from webacd.actions.transfer.transfer import transfer_to_queue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("site", "of_the_queue", "asked"),
    [
        ("optional", "", [False]),
        ("required", "off", []),
        ("off", "required", [True]),
        ("required", "optional", [False]),
    ],
)
def test_the_queues_rule_goes_before_the_sites(queue, amal_agent, policy, site, of_the_queue, asked):
    policy.closing = site
    policy.save()
    queue.closing = of_the_queue
    queue.save()
    session = served(queue, amal_agent)
    end_session(session, by=session.primary)
    assert list(SessionClosing.objects.values_list("is_required", flat=True)) == asked


def test_a_transfer_that_was_taken_back_decides_nothing(queue, amal_agent, amal, bilal_agent):
    queue.closing = "required"
    queue.save()
    session = served(queue, amal_agent)
    other = make_queue("other", agents=[bilal_agent], closing="off")
    take_back(transfer_to_queue(session, other, by=session.primary), by=amal)
    session.refresh_from_db()
    end_session(session, by=session.primary)
    assert list(SessionClosing.objects.values_list("is_required", flat=True)) == [True]
