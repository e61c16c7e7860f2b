"""A queue's public page: the form, the closed and full faces, messages, and the way into the session."""

import re
from datetime import UTC, datetime, time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sessions_app.actions.presence.move_seat import move_seat
from sessions_app.actions.retention.forget_sessions import forget_sessions
from sessions_app.rules.seats import seat_cookie
from supportcenter.accounts.models import SitePolicy
from supportcenter.jobs.workers.runner import run_due
from tests.webacd.factories import enter, inbox, make_queue, offered
from webacd.actions.entering.messages import leave_message
from webacd.actions.entering.waiting import abandon
from webacd.actions.offering.accept import accept
from webacd.errors import QueueUnknown
from webacd.models import AcdPolicy, EntryField, LeftMessage, OpeningHours, Queue, QueueEntry, SupportRequest
from webacd.rules.places import place_cookie

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(queue):
    return EntryField.objects.create(queue=queue, label="Model", label_ar="الطراز", required=True, longest=5)


def entry(queue):
    return reverse("queue_entry", args=[queue.slug])


def test_form_asks_what_the_queue_asks(client, queue, question):
    page = client.get(entry(queue)).content.decode()
    assert "Your name" in page
    assert "Model" in page
    client.cookies["django_language"] = "ar"
    assert "الطراز" in client.get(entry(queue)).content.decode()


def test_entering_gives_a_place(client, queue, question):
    response = client.post(entry(queue), {"name": "Carol", f"question-{question.pk}": "X-7"})
    request = SupportRequest.objects.get()
    assert response["Location"] == reverse("waiting", args=[request.key])
    assert client.cookies[place_cookie(request.key)]["httponly"]
    assert request.answers == [{"label": "Model", "label_ar": "الطراز", "value": "X-7"}]
    assert "You are in the queue" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "Carol"}, "This field is required."),
        ({"name": "Carol", "question": "too long"}, "at most 5 characters"),
        ({"name": "Carol", "question": "ok", "email": "nonsense"}, "Enter a valid email address."),
    ],
)
def test_bad_input_is_told_and_changes_nothing(client, queue, question, fields, sentence):
    if "question" in fields:
        fields = {**fields, f"question-{question.pk}": fields["question"]}
    response = client.post(entry(queue), fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not SupportRequest.objects.exists()


def test_closed_queue_says_when_it_opens(client, queue, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 18, 0, tzinfo=UTC), tick=False)
    OpeningHours.objects.create(queue=queue, weekday=1, opens=time(9), closes=time(17))
    page = client.get(entry(queue)).content.decode()
    assert "We are closed right now." in page
    assert "Tuesday 3 March" in page
    assert client.post(entry(queue), {"name": "Carol"}).status_code == 409
    assert not QueueEntry.objects.exists()


def test_full_queue_says_so(client, queue):
    queue.maximum_length = 1
    queue.save()
    Client().post(entry(queue), {"name": "First"})
    response = client.post(entry(queue), {"name": "Second"})
    assert response.status_code == 409
    assert "Leave a message" in response.content.decode()


def test_nobody_fills_a_queue_alone(client, queue):
    AcdPolicy.objects.update_or_create(pk=1, defaults={"entries_per_address": 2})
    answers = [Client().post(entry(queue), {"name": name}) for name in ("Carol", "Omar", "Layla")]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert SupportRequest.objects.count() == 2
    assert client.post(entry(queue), {"name": "Sami"}, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_addresses_of_one_network_count_together(client, queue):
    AcdPolicy.objects.update_or_create(pk=1, defaults={"entries_per_address": 1})
    answers = [
        Client().post(entry(queue), {"name": name}, REMOTE_ADDR=address)
        for name, address in [("Carol", "2001:db8::1"), ("Omar", "2001:db8::2"), ("Layla", "2001:db8:0:1::1")]
    ]
    assert [answer.status_code for answer in answers] == [302, 429, 302]


def test_unknown_queue_is_missing(client, queue):
    assert client.get("/queues/nowhere/").status_code == 404


def test_answered_customer_is_led_into_the_session(client, queue, amal_agent, amal):
    client.post(entry(queue), {"name": "Carol"})
    request = SupportRequest.objects.get()
    session = accept(offered(amal_agent), by=amal)
    response = client.get(reverse("waiting", args=[request.key]))
    assert response["Location"] == reverse("remote_support", args=[session.key])
    assert client.get(response["Location"]).status_code == 200


def test_answered_customer_keeps_a_seat_that_they_were_given_later(client, queue, amal_agent, amal):
    client.post(entry(queue), {"name": "Carol"})
    request = SupportRequest.objects.get()
    session = accept(offered(amal_agent), by=amal)
    seat = move_seat(session, by=session.current_customer)
    client.cookies[seat_cookie(session.key)] = seat
    response = client.get(reverse("waiting", args=[request.key]))
    assert response["Location"] == reverse("remote_support", args=[session.key])
    assert client.cookies[seat_cookie(session.key)].value == seat
    assert client.get(response["Location"]).status_code == 200


def test_answered_customer_whose_session_is_no_longer_on_record_reads_that_the_wait_is_over(
    client, queue, amal_agent, amal
):
    client.post(entry(queue), {"name": "Carol"})
    accept(offered(amal_agent), by=amal)
    request = SupportRequest.objects.get()
    forget_sessions([request.session], SitePolicy.current())
    page = client.get(reverse("waiting", args=[request.key]))
    assert page.status_code == 200
    assert "You are no longer in the queue" in page.content.decode()


def test_place_is_nobody_elses(client, queue, django_user_model):
    client.post(entry(queue), {"name": "Carol"})
    url = reverse("waiting", args=[SupportRequest.objects.get().key])
    client.cookies.clear()
    assert client.get(url).status_code == 404
    assert client.post(url + "leave/").status_code == 404


def test_links_of_the_bar_open_beside_the_place(client, queue):
    """The place lasts for as long as its page is open."""
    client.post(entry(queue), {"name": "Carol"})
    page = client.get(reverse("waiting", args=[SupportRequest.objects.get().key])).content.decode()
    bar = re.search(r'<header class="navbar.*?</header>', page, re.DOTALL)[0]
    assert bar.count("<a ") == bar.count('target="_blank" rel="noopener"') == 4


def test_stopping_to_wait(client, queue):
    client.post(entry(queue), {"name": "Carol"})
    request = SupportRequest.objects.get()
    response = client.post(reverse("leave_queue", args=[request.key]), follow=True)
    request.refresh_from_db()
    assert request.outcome == "abandoned"
    assert "You are no longer in the queue" in response.content.decode()


MESSAGE = {"name": "Carol", "email": "carol@example.org", "text": "Error 7\n<b>no markup</b>"}


def test_message_reaches_the_members_by_mail_and_inbox(client, queue, amal_agent):
    response = client.post(reverse("leave_message", args=[queue.slug]), MESSAGE)
    assert response.status_code == 200
    run_due()
    run_due()
    message = LeftMessage.objects.get()
    assert [(one.to, one.reply_to) for one in mail.outbox] == [(["amal@support.test"], ["carol@example.org"])]
    assert "Error 7\n<b>no markup</b>" in mail.outbox[0].body
    assert inbox(amal_agent)[-1] == ("message.left", {"message": message.pk, "queue": queue.pk})


def test_message_instead_of_waiting_gives_the_place_up(client, queue):
    client.post(entry(queue), {"name": "Carol"})
    request = SupportRequest.objects.get()
    client.post(reverse("leave_message_while_waiting", args=[request.key]), MESSAGE)
    request.refresh_from_db()
    assert (request.outcome, LeftMessage.objects.get().request) == ("left_message", request)


@pytest.fixture
def another(queue):
    """The queue that is left when the first one is deleted."""
    return make_queue("billing", is_default=True)


def test_message_to_a_queue_that_is_deleted_meanwhile_is_refused(client, queue):
    request = enter(queue)
    abandon(request)
    Queue.objects.filter(pk=queue.pk).delete()
    with pytest.raises(QueueUnknown):
        leave_message(queue, **MESSAGE)
    with pytest.raises(QueueUnknown):
        leave_message(queue, **MESSAGE, request=request)
    assert not LeftMessage.objects.exists()


def test_message_after_waiting_in_a_queue_that_is_deleted_goes_to_the_default_queue(client, queue, another):
    client.post(entry(queue), {"name": "Carol"})
    request = SupportRequest.objects.get()
    abandon(request)
    queue.delete()
    url = reverse("leave_message_while_waiting", args=[request.key])
    assert "Billing" in client.get(url).content.decode()
    assert client.post(url, MESSAGE).status_code == 200
    assert LeftMessage.objects.get().queue == another


def test_message_is_left_nowhere_when_no_queue_is_left(client, queue):
    client.post(entry(queue), {"name": "Carol"})
    request = SupportRequest.objects.get()
    abandon(request)
    queue.delete()
    assert client.get(reverse("waiting", args=[request.key])).status_code == 200
    assert client.get(reverse("leave_message_while_waiting", args=[request.key])).status_code == 404


def test_entering_a_queue_that_is_deleted_meanwhile_is_refused(queue):
    Queue.objects.filter(pk=queue.pk).delete()
    with pytest.raises(QueueUnknown):
        enter(queue)


def test_message_without_an_address_cannot_be_answered(client, queue):
    response = client.post(reverse("leave_message", args=[queue.slug]), {**MESSAGE, "email": ""})
    assert response.status_code == 422
    assert not LeftMessage.objects.exists()


def test_button_says_whether_it_is_open(client, queue, time_machine):
    url = reverse("queue_button", args=[queue.slug])
    response = client.get(url)
    assert response["Content-Type"] == "image/svg+xml"
    assert "open now" in response.content.decode()
    assert not response.cookies
    OpeningHours.objects.create(queue=queue, weekday=0, opens=time(9), closes=time(17))
    time_machine.move_to(datetime(2026, 3, 3, 12, 0, tzinfo=UTC), tick=False)
    assert "مغلق الآن" in client.get(url + "?language=ar").content.decode()


def test_button_has_the_accent_of_the_site_and_ink_that_can_be_read_on_it(client, queue, policy):
    policy.accent_colour = "#ffee00"
    policy.save()
    button = client.get(reverse("queue_button", args=[queue.slug])).content.decode()
    assert 'rx="8" fill="#ffee00"' in button
    assert button.count('fill="#000000"') == 2


def test_pages_are_cheap(client, queue, question, policy, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(entry(queue))
    client.post(entry(queue), {"name": "Carol", f"question-{question.pk}": "X"})
    request = SupportRequest.objects.get()
    with django_assert_max_num_queries(8):
        client.get(reverse("waiting", args=[request.key]))


def test_link_of_another_system_fills_the_form_in(client, queue, question):
    query = {"name": "Carol", "email": "carol@example.com", "ticket": "INC-42", f"question-{question.pk}": "X-7"}
    form = client.get(entry(queue), query).context["form"]
    assert {name: form[name].value() for name in form.fields} == query
    assert not form.is_bound


def test_what_the_form_would_refuse_is_not_filled_in(client, queue, question):
    query = {"name": "x" * 81, "email": "nonsense", "ticket": "x" * 61, f"question-{question.pk}": "too long"}
    form = client.get(entry(queue), query).context["form"]
    assert (form.initial, "ticket" in form.fields) == ({}, False)


def test_link_does_not_tick_for_the_customer(client, queue):
    tick = EntryField.objects.create(queue=queue, label="I agree", kind=EntryField.Kind.CHECK)
    assert client.get(entry(queue), {f"question-{tick.pk}": "on"}).context["form"].initial == {}


def test_ticket_stays_with_the_request(client, queue):
    client.post(entry(queue), {"name": "Carol", "ticket": "INC-42"})
    assert SupportRequest.objects.get().answers == [
        {"label": "Ticket number", "label_ar": "رقم التذكرة", "value": "INC-42"}
    ]


def test_customer_may_clear_the_ticket(client, queue):
    client.post(entry(queue), {"name": "Carol", "ticket": ""})
    assert SupportRequest.objects.get().answers == []
