"""Erasing a customer reaches what they came back with (E44), and who has been erased comes back no more."""

import pytest
from django.db import connection, transaction

from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.retention.erase_customer import erase_customer
from sessions_app.models import SupportSession
from tests.webacd.factories import enter, offered
from webacd.actions.entering.again import enter_again
from webacd.actions.entering.messages import leave_message
from webacd.actions.entering.waiting import abandon, come_back
from webacd.actions.offering.accept import accept
from webacd.errors import NothingToComeBackTo, QueueFull
from webacd.models import LeftMessage, SupportRequest

pytestmark = pytest.mark.django_db
ANSWERS = [{"label": "Serial number", "label_ar": "", "value": "4711"}]


@pytest.fixture
def ended(queue, amal_agent, amal):
    """Carol came by the queue to a session that ended by an accident."""
    enter(queue, email="carol@example.org", answers=ANSWERS)
    session = accept(offered(amal_agent), by=amal)
    with transaction.atomic():
        close_session(session.locked(), reason=SupportSession.EndReason.CONNECTION_LOST)
    session.refresh_from_db()
    return session


@pytest.fixture
def carol(ended):
    return ended.participants.customers().get()


def back(session, customer):
    request, _secret = enter_again(session, language="en", by=customer)
    return request


def test_every_return_that_led_to_no_session_is_erased(ended, carol, dana):
    for _ in range(3):
        abandon(back(ended, carol))
    erase_customer(ended, carol, by=dana)
    assert not any(request.name or request.answers or request.seat_hash for request in SupportRequest.objects.all())


def test_message_left_on_the_second_wait_is_erased(ended, carol, queue, dana):
    request = back(ended, carol)
    leave_message(queue, name="Caroline", email="other@example.org", text="Call me", request=request)
    erase_customer(ended, carol, by=dana)
    assert not LeftMessage.objects.exists()


def test_one_that_still_waits_stops(ended, carol, dana):
    request = back(ended, carol)
    come_back(request, page="waiting-page")
    erase_customer(ended, carol, by=dana)
    request.refresh_from_db()
    assert (request.outcome, request.name, request.answers) == ("abandoned", "", [])
    assert not SupportRequest.objects.waiting().exists()


def test_one_that_led_to_a_session_is_erased_with_that(ended, carol, amal_agent, amal, dana):
    request = back(ended, carol)
    come_back(request, page="waiting-page")
    accept(offered(amal_agent), by=amal)
    erase_customer(ended, carol, by=dana)
    request.refresh_from_db()
    assert (request.name, request.answers) == ("Carol", ANSWERS)


def test_who_is_turned_away_leaves_no_second_copy(ended, carol, queue):
    queue.maximum_length = 1
    queue.save()
    enter(queue, "Omar")
    with pytest.raises(QueueFull):
        back(ended, carol)
    away = SupportRequest.objects.get(outcome="queue_full")
    assert (away.name, away.email, away.answers, away.queue) == ("", "", [], queue)


def test_erasure_that_comes_just_before_the_entry_leaves_no_copy(ended, carol, dana):
    erased = []

    def erase_after_the_first_look(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not erased and sql.startswith("SELECT") and 'FROM "webacd_supportrequest"' in sql:
            erased.append(True)
            erase_customer(ended, carol, by=dana)
        return found

    with connection.execute_wrapper(erase_after_the_first_look), pytest.raises(NothingToComeBackTo):
        back(ended, carol)
    assert erased
    assert not any(request.name or request.answers for request in SupportRequest.objects.all())


def test_who_has_been_erased_comes_back_no_more(ended, carol, dana):
    erase_customer(ended, carol, by=dana)
    with pytest.raises(NothingToComeBackTo):
        back(ended, carol)
