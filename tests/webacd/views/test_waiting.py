"""What a customer sees while they wait: how long in plain words, what they said, and a message instead."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from supportcenter import clock as now
from tests.webacd.factories import offered
from webacd.actions.agents.agents import sign_out
from webacd.actions.offering.accept import accept
from webacd.models import EntryField, LeftMessage, SupportRequest
from webacd.queries.waiting import MOST_CHARACTERS, as_message, in_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(queue):
    return EntryField.objects.create(
        queue=queue, label="Model", label_ar="الطراز", kind=EntryField.Kind.LONG_TEXT, longest=5000
    )


@pytest.fixture
def waiting(client, queue, question):
    """Carol waits, in the browser `client`."""
    fields = {"name": "Carol", "email": "carol@example.org", f"question-{question.pk}": "<b>X-7</b>"}
    client.post(reverse("queue_entry", args=[queue.slug]), fields)
    return SupportRequest.objects.get()


def text_of(client, name, request):
    page = client.get(reverse(name, args=[request.key])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def accepted_every(minutes, queue, times=4):
    """What the estimate is made from: so many were accepted, one after the other."""
    for number in range(times):
        at = now.now() - timedelta(minutes=minutes * number)
        SupportRequest.objects.create(name="Omar", queue=queue, outcome="answered", outcome_at=at)


@pytest.mark.parametrize(
    ("minutes", "english", "arabic"),
    [
        ((1, 2), "about 2 minutes", "نحو دقيقتين"),
        ((2, 4), "about 4 minutes", "نحو 4 دقائق"),
        ((6, 16), "6 to 20 minutes", "من 6 إلى 20 دقيقة"),
        ((38, 99), "35 minutes or longer", "35 دقيقة أو أكثر"),
        ((61, 170), "more than an hour", "أكثر من ساعة"),
    ],
)
def test_estimate_is_said_as_people_say_it(minutes, english, arabic):
    assert in_words(minutes) == english
    with translation.override("ar"):
        assert in_words(minutes) == arabic


def test_page_says_how_long_it_may_take(client, queue, waiting):
    accepted_every(3, queue)
    assert "Estimated wait 1 to 5 minutes" in text_of(client, "waiting_status", waiting)


def test_page_does_not_guess(client, waiting):
    assert "Estimated wait not known yet" in text_of(client, "waiting_status", waiting)


def test_page_says_that_no_representative_is_signed_in(client, queue, waiting, amal_agent):
    accepted_every(3, queue)
    assert "is signed in at the moment" not in text_of(client, "waiting_status", waiting)
    sign_out(amal_agent)
    page = text_of(client, "waiting_status", waiting)
    assert "No representative is signed in at the moment." in page
    assert "Estimated wait" not in page


def test_page_shows_what_the_customer_said_as_text(client, waiting):
    page = client.get(reverse("waiting", args=[waiting.key])).content.decode()
    told = page[page.index("What you told us") :]
    for said in ("Carol", "carol@example.org", "&lt;b&gt;X-7&lt;/b&gt;"):
        assert f'<dd dir="auto">{said}</dd>' in told
    assert "<b>X-7" not in page


def test_message_begins_with_what_was_answered(client, waiting):
    form = client.get(reverse("leave_message_while_waiting", args=[waiting.key])).context["form"]
    assert {name: form[name].value() for name in form.fields} == {
        "name": "Carol",
        "email": "carol@example.org",
        "text": "Model: <b>X-7</b>",
    }


def test_message_begins_with_no_more_than_leaves_room(waiting):
    waiting.answers = [{"label": "Model", "value": "x" * MOST_CHARACTERS}, {"label": "Serial number", "value": "4711"}]
    assert as_message(waiting) == ""
    waiting.answers = [*waiting.answers[1:], {"label": "What is it about?", "value": "Error 7"}]
    assert as_message(waiting) == "Serial number: 4711\nWhat is it about? Error 7"


def test_place_is_kept_until_the_message_is_taken(client, waiting):
    url = reverse("leave_message_while_waiting", args=[waiting.key])
    page = client.get(url).content.decode()
    assert f'data-socket="/ws/waiting/{waiting.key}/"' in page
    assert client.post(url, {"name": "Carol", "email": "", "text": "Call me"}).status_code == 422
    assert SupportRequest.objects.waiting().exists()
    client.post(url, {"name": "Carol", "email": "carol@example.org", "text": "Call me"})
    waiting.refresh_from_db()
    assert (waiting.outcome, LeftMessage.objects.get().text) == ("left_message", "Call me")


def test_message_page_of_who_waits_no_longer_holds_no_place(client, waiting, amal, amal_agent):
    accept(offered(amal_agent), by=amal)
    page = client.get(reverse("leave_message_while_waiting", args=[waiting.key])).content.decode()
    assert "data-socket" not in page
