"""A message left on the last page of a session: whose request it belongs to, and after which ends."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.models import Participant, SupportSession
from sessions_app.rules.seats import seat_cookie
from tests.factories import be_here
from tests.webacd.factories import offered, to_queue
from webacd.actions.entering.enter import enter_queue
from webacd.actions.offering.accept import accept
from webacd.actions.transfer.in_transfer import give_up
from webacd.models import LeftMessage, SupportRequest

pytestmark = pytest.mark.django_db

Reason = SupportSession.EndReason
ANSWERS = [{"label": "Serial number", "label_ar": "", "value": "4711"}]


@pytest.fixture
def came(queue, amal_agent, amal):
    """The session of a Carol who came by the queue, and her browser."""
    _request, secret = enter_queue(queue, name="Carol", answers=ANSWERS)
    session = accept(offered(amal_agent), by=amal)
    for participant in Participant.objects.filter(session=session).select_related("session"):
        be_here(participant)
    return session, browser_of(session, secret)


@pytest.fixture
def helped(came):
    return came[0]


@pytest.fixture
def carol(came):
    return came[1]


def browser_of(session, seat):
    browser = Client()
    browser.cookies[seat_cookie(session.key)] = seat
    return browser


def end(session, reason=Reason.DASHBOARD_CLOSED):
    with transaction.atomic():
        close_session(session.locked(), reason=reason)


def unanswered(session, queue):
    """The session is transferred, and no agent takes it."""
    session.refresh_from_db()
    give_up(to_queue(session, queue, confirmed=True))
    session.refresh_from_db()
    assert session.end_reason == Reason.ABANDONED


def page(browser, session):
    return browser.get(reverse("leave_message_after", args=[session.key]))


def leave(browser, session, text="Call me"):
    fields = {"name": "Carol", "email": "carol@example.org", "text": text}
    return browser.post(reverse("leave_message_after", args=[session.key]), fields)


def is_refused(browser, session):
    answers = [page(browser, session), leave(browser, session)]
    assert not any("4711" in answer.content.decode() for answer in answers)
    return [answer.status_code for answer in answers] == [409, 409] and not LeftMessage.objects.exists()


def test_customer_with_the_session_still_open_leaves_none(helped, carol):
    assert is_refused(carol, helped)


def test_namesake_in_the_lobby_reads_no_answers_and_leaves_no_message(helped, policy):
    policy.admit_by_hand = True
    policy.save()
    _other, seat = join_session(helped, name="Carol")
    assert is_refused(browser_of(helped, seat), helped)


@pytest.mark.parametrize("how", ["left", "removed", "ended on purpose"])
def test_other_ends_offer_no_message(helped, carol, how):
    customer = helped.participants.customers().get()
    if how == "left":
        leave_session(helped, by=customer)
    elif how == "removed":
        remove_participant(helped, customer, by=helped.primary)
    else:
        end(helped, Reason.ENDED)
    assert is_refused(carol, helped)


def test_namesakes_each_leave_a_message_and_only_one_has_the_answers(helped, carol):
    _other, seat = join_session(helped, name="Carol")
    other = browser_of(helped, seat)
    end(helped)
    assert "Serial number: 4711" in page(carol, helped).content.decode()
    assert "4711" not in page(other, helped).content.decode()
    assert [leave(other, helped, "Of the other").status_code, leave(carol, helped, "Of her own").status_code] == [
        200
    ] * 2
    messages = LeftMessage.objects.order_by("pk").values_list("text", "request__kind")
    assert list(messages) == [("Of the other", None), ("Of her own", "entered")]


def test_who_stood_in_the_lobby_at_the_end_leaves_a_message_with_no_request(helped, policy):
    policy.admit_by_hand = True
    policy.save()
    _other, seat = join_session(helped, name="Carol")
    other = browser_of(helped, seat)
    end(helped)
    assert "4711" not in page(other, helped).content.decode()
    assert leave(other, helped).status_code == 200
    assert LeftMessage.objects.get().request is None


def test_after_a_transfer_that_no_one_took_the_request_is_the_one_they_came_by(helped, carol, queue):
    _other, seat = join_session(helped, name="Carol")
    other = browser_of(helped, seat)
    unanswered(helped, queue)
    assert "Serial number: 4711" in page(carol, helped).content.decode()
    assert "4711" not in page(other, helped).content.decode()
    for browser, text in ((other, "Of the other"), (carol, "Of her own")):
        assert leave(browser, helped, text).status_code == 200
    own = SupportRequest.objects.get(session=helped, kind="entered")
    messages = LeftMessage.objects.order_by("pk").values_list("text", "request", "queue")
    assert list(messages) == [("Of the other", None, queue.pk), ("Of her own", own.pk, queue.pk)]
