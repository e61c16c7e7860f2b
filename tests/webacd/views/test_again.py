"""After a session that ended early: back to the queue in one press, by the gates of its form; else another way."""

from datetime import time, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sessions_app.actions.lifecycle.end import close_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.actions.lifecycle.leave import leave_session, remove_participant
from sessions_app.models import SupportSession
from sessions_app.rules.seats import seat_cookie
from supportcenter import clock as now
from tests.factories import make_customer
from tests.webacd.factories import enter, make_queue, offered
from webacd.actions.entering.waiting import abandon
from webacd.actions.offering.accept import accept
from webacd.models import AcdPolicy, EntryField, LeftMessage, OpeningHours, QueueEntry, SupportRequest
from webacd.queries.again import MOST_QUEUES
from webacd.rules.places import MOST_RETURNS

pytestmark = pytest.mark.django_db

Reason = SupportSession.EndReason
ACCIDENTS = [Reason.DASHBOARD_CLOSED, Reason.CONNECTION_LOST, Reason.ACCOUNT_DISABLED]


@pytest.fixture
def helped(client, queue, amal_agent, amal):
    """Carol's session, to which she came by the queue with the browser `client`."""
    question = EntryField.objects.create(queue=queue, label="Model")
    fields = {"name": "Carol", "email": "carol@example.org", f"question-{question.pk}": "X-7"}
    client.post(reverse("queue_entry", args=[queue.slug]), fields)
    session = accept(offered(amal_agent), by=amal)
    client.get(reverse("waiting", args=[SupportRequest.objects.get().key]))
    return session


def end(session, reason=Reason.DASHBOARD_CLOSED):
    with transaction.atomic():
        close_session(session.locked(), reason=reason)


def page_of(session):
    return reverse("remote_support", args=[session.key])


def press(client, session, **more):
    return client.post(reverse("back_to_queue", args=[session.key]), **more)


def again():
    return SupportRequest.objects.waiting().get()


def close_for_today(queue):
    tomorrow = (now.now().weekday() + 1) % 7
    OpeningHours.objects.create(queue=queue, weekday=tomorrow, opens=time(9), closes=time(17))


@pytest.mark.parametrize("reason", ACCIDENTS)
def test_one_press_leads_back_with_the_answers_before_new_customers(client, queue, helped, reason):
    enter(queue, "Omar")
    end(helped, reason)
    page = client.get(page_of(helped)).content.decode()
    assert "Back to the queue" in page
    assert "You go before new customers." in page

    answer = press(client, helped)

    request = SupportRequest.objects.waiting().get(name="Carol")
    assert answer["Location"] == reverse("waiting", args=[request.key])
    assert client.get(answer["Location"]).status_code == 200
    assert (request.email, request.kind, request.queue) == ("carol@example.org", "entered", queue)
    assert request.answers == [{"label": "Model", "label_ar": "", "value": "X-7"}]
    assert [entry.request.name for entry in QueueEntry.objects.in_order()] == ["Carol", "Omar"]


def test_after_an_idle_session_one_waits_behind_others(client, queue, helped):
    enter(queue, "Omar")
    end(helped, Reason.QUIET)
    assert "You go before new customers." not in client.get(page_of(helped)).content.decode()
    press(client, helped)
    assert [entry.request.name for entry in QueueEntry.objects.in_order()] == ["Omar", "Carol"]


@pytest.mark.parametrize("why", ["the site says so", "it is too late"])
def test_priority_is_that_of_a_session_that_lost_its_agent(client, helped, clock, why):
    end(helped)
    if why == "the site says so":
        AcdPolicy.objects.update_or_create(pk=1, defaults={"transferred_first": False})
    else:
        clock.forward(seconds=timedelta(minutes=15).total_seconds())
    press(client, helped)
    assert again().queue_entry.priority == QueueEntry.NEW


def test_pressing_twice_makes_one_request(client, helped):
    end(helped)
    other = Client()
    other.cookies[seat_cookie(helped.key)] = client.cookies[seat_cookie(helped.key)].value
    assert press(client, helped)["Location"] == press(other, helped)["Location"]
    assert again().queue_entry.priority == QueueEntry.TRANSFERRED


def test_who_stops_waiting_and_comes_again_has_no_priority_any_more(client, helped):
    end(helped)
    press(client, helped)
    abandon(again())
    press(client, helped)
    assert again().queue_entry.priority == QueueEntry.NEW


def test_page_promises_no_priority_that_has_been_used(client, helped):
    end(helped)
    press(client, helped)
    abandon(again())
    page = client.get(page_of(helped)).content.decode()
    assert "Back to the queue" in page
    assert "You go before new customers." not in page


def test_who_was_turned_away_still_goes_first(client, queue, helped):
    end(helped)
    queue.maximum_length = 1
    queue.save()
    omar = enter(queue, "Omar")
    assert press(client, helped).status_code == 409
    abandon(omar)
    assert "You go before new customers." in client.get(page_of(helped)).content.decode()
    press(client, helped)
    assert again().queue_entry.priority == QueueEntry.TRANSFERRED


def test_one_comes_back_so_often_and_then_by_the_form(client, helped):
    AcdPolicy.objects.update_or_create(pk=1, defaults={"entries_per_address": 100})
    end(helped)
    for _ in range(MOST_RETURNS):
        assert press(client, helped).status_code == 302
        abandon(again())
    assert press(client, helped).status_code == 409
    page = client.get(page_of(helped)).content.decode()
    assert "Back to the queue" not in page
    assert f'href="{reverse("queue_entry", args=["technical-support"])}"' in page


def test_place_that_the_browser_has_is_the_one(client, queue, helped):
    end(helped)
    place = client.post(reverse("queue_entry", args=[queue.slug]), {"name": "Carol"})["Location"]
    assert press(client, helped)["Location"] == place


def test_closed_queue_stays_closed(client, queue, helped):
    end(helped)
    close_for_today(queue)
    assert "Back to the queue" not in client.get(page_of(helped)).content.decode()
    answer = press(client, helped)
    assert answer.status_code == 409
    assert "We are closed right now." in answer.content.decode()
    assert not SupportRequest.objects.waiting().exists()


def test_full_queue_stays_full(client, queue, helped):
    end(helped)
    queue.maximum_length = 1
    queue.save()
    enter(queue, "Omar")
    assert press(client, helped).status_code == 409
    assert again().name == "Omar"


def test_limit_of_the_address_counts(client, helped):
    end(helped)
    AcdPolicy.objects.update_or_create(pk=1, defaults={"entries_per_address": 1})
    abandon(SupportRequest.objects.get(pk=enter(helped.requests.get().queue, "Omar").pk))
    assert Client().post(reverse("queue_entry", args=["technical-support"]), {"name": "Omar"}).status_code == 302
    assert press(client, helped).status_code == 429


@pytest.mark.parametrize("how", ["ended by the representative", "left", "still open", "removed"])
def test_no_other_end_leads_back(client, helped, how):
    customer = helped.participants.customers().get()
    if how == "left":
        leave_session(helped, by=customer)
    if how == "removed":
        remove_participant(helped, customer, by=helped.primary)
    if how != "still open":
        end(helped, Reason.ENDED if how == "ended by the representative" else Reason.DASHBOARD_CLOSED)
    answer = press(client, helped)
    assert (answer.status_code, SupportRequest.objects.waiting().exists()) == (409, False)
    assert "Back to the queue" not in client.get(page_of(helped)).content.decode()


def test_another_customer_of_the_session_does_not_get_the_answers(helped):
    _omar, seat = join_session(helped, name="Carol")
    browser = Client()
    browser.cookies[seat_cookie(helped.key)] = seat
    end(helped)
    assert press(browser, helped).status_code == 409
    page = browser.get(page_of(helped)).content.decode()
    assert f'href="{reverse("queue_entry", args=["technical-support"])}"' in page


def test_get_changes_nothing(client, helped):
    end(helped)
    assert client.get(reverse("back_to_queue", args=[helped.key])).status_code == 405


@pytest.fixture
def by_number(session):
    """The browser of a customer who came to amal's session by its number."""
    customer = make_customer(session)
    browser = Client()
    browser.cookies[seat_cookie(session.key)] = customer.new_seat()
    end(session)
    return browser


def test_without_a_queue_of_their_own_open_queues_are_offered(session, by_number):
    for number in range(MOST_QUEUES + 1):
        make_queue(f"queue-{number}")
    page = by_number.get(page_of(session)).content.decode()
    assert page.count('href="/queues/') == MOST_QUEUES


def test_without_an_open_queue_a_message_can_be_left(session, by_number):
    close_for_today(make_queue())
    page = by_number.get(page_of(session)).content.decode()
    assert 'href="/queues/' not in page
    url = reverse("leave_message_after", args=[session.key])
    assert f'href="{url}"' in page
    assert by_number.post(url, {"name": "Carol", "email": "c@example.org", "text": "Call me"}).status_code == 200
    assert LeftMessage.objects.get().text == "Call me"


def test_without_any_queue_the_way_is_the_one_they_came(session, by_number):
    page = by_number.get(page_of(session)).content.decode()
    assert "contact us in the same way as before" in page
    assert "Leave a message" not in page


def test_each_customer_of_a_session_leaves_a_message_of_their_own(client, helped):
    """A request has one message; a second one that is taken for it would be lost."""
    _omar, seat = join_session(helped, name="Omar")
    browser = Client()
    browser.cookies[seat_cookie(helped.key)] = seat
    end(helped)
    url = reverse("leave_message_after", args=[helped.key])
    for one, name in ((client, "Carol"), (browser, "Omar")):
        one.post(url, {"name": name, "email": "a@example.org", "text": f"From {name}"})
    assert {message.text for message in LeftMessage.objects.all()} == {"From Carol", "From Omar"}
