"""E48: a customer reads what was said since they joined. Every way by which the site tells them anything is walked."""

import json
from itertools import product

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from sessions_app.actions.chat import say
from sessions_app.actions.lifecycle.join import admit_customer, join_session
from sessions_app.actions.lifecycle.leave import leave_session
from sessions_app.actions.presence.move_seat import move_seat
from sessions_app.actions.reactions import react
from sessions_app.errors import LineTakesNoReaction
from sessions_app.models import Participant
from sessions_app.rules.seats import seat_cookie
from sessions_app.views.room import CUSTOMER_REGIONS
from supportcenter.asgi import websocket
from tests.factories import be_here, make_assistant, sent_file
from tests.realtime import in_database, open_page

pytestmark = pytest.mark.django_db(transaction=True)

# Of the customer who was there before, and of what was said to her.
EARLIER = ["Nadia", "her-secret", "her-answer", "her-file.png"]
# What fills the URLs of customers' pages besides a number.
WORDS = {"region": list(CUSTOMER_REGIONS), "step": ["start", "stop", "pause"]}


@pytest.fixture
def conversation(session, bilal):
    """Nadia has written and sent a picture, was answered, and has left. Returns her file."""
    nadia = be_here(join_session(session, name="Nadia")[0])
    make_assistant(session, bilal)
    say(session, text="her-secret", client_id="n1", by=nadia)
    say(session, text="her-answer", client_id="a1", by=session.primary)
    kept = sent_file(session, nadia, "her-file.png", b"\x89PNG", "image/png")
    leave_session(session, by=nadia)
    return kept


def seated(customer, seat):
    browser = Client()
    browser.cookies[seat_cookie(customer.session.key)] = seat
    return browser


def joined(session, name="Carol"):
    customer, seat = join_session(session, name=name)
    return be_here(customer), seated(customer, seat)


def addresses(session, *numbers):
    """All addresses of customers of the session, with each of these numbers where one is needed."""
    patterns = [each for each in get_resolver().url_patterns if hasattr(each, "url_patterns")]
    routes = [
        one for each in patterns for one in each.url_patterns if str(one.pattern).startswith("support/<slug:key>/")
    ]
    assert len(routes) > 20
    for route in routes:
        names = [name for name in route.pattern.converters if name != "key"]
        for values in product(*(WORDS.get(name, numbers) for name in names)):
            yield reverse(route.name, kwargs={"key": session.key, **dict(zip(names, values, strict=True))})


def told(browser, session, *numbers):
    """All that a browser is told at those addresses, one after the other."""
    regions = {"names": ",".join(CUSTOMER_REGIONS)}
    answers = [browser.get(address) for address in addresses(session, *numbers)]
    answers.append(browser.get(reverse("customer_regions", args=[session.key]), regions))
    return "\n".join(_words(answer) for answer in answers)


def _words(answer):
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {answer.headers} {whole.decode(errors='replace')}"


def revealed(text):
    return [word for word in EARLIER if word in text]


async def followed(browser, session, after):
    """What a page hears that follows from there: the events as text, or the word that it has to be drawn again."""
    async with open_page(websocket, f"/ws/support/{session.key}/", client=browser, after=after) as page:
        await in_database(say, session, text="the end", client_id=f"end {after}", by=session.primary)
        heard = []
        while not (heard and (heard[-1]["frame"] == "reload" or heard[-1].get("data", {}).get("text") == "the end")):
            heard.append(await page.next_frame())
        return json.dumps(heard)


def test_no_address_tells_of_an_earlier_customer(session, conversation):
    carol, browser = joined(session)
    say(session, text="my-question", client_id="c1", by=carol)

    page = told(browser, session, conversation.pk)
    assert "my-question" in page
    assert revealed(page) == []


def test_nor_once_they_have_left(session, conversation):
    carol, browser = joined(session)
    leave_session(session, by=carol)

    page = told(browser, session, conversation.pk)
    assert "Carol" in page
    assert revealed(page) == []


@pytest.mark.parametrize("name", ["customer_download_file", "customer_file_picture"])
def test_files_are_those_of_the_lines_that_they_read(session, conversation, name):
    carol, browser = joined(session)
    own = sent_file(session, carol, "mine.png", b"\x89PNG", "image/png")
    _later, of_another = joined(session, "Late")

    def status(who, transfer):
        return who.get(reverse(name, args=[session.key, transfer.pk])).status_code

    assert (status(browser, conversation), status(browser, own)) == (404, 200)
    assert (status(of_another, conversation), status(of_another, own)) == (404, 404)
    beside = sent_file(session, carol, "both.png", b"\x89PNG", "image/png")
    assert (status(browser, beside), status(of_another, beside)) == (200, 200)


async def test_the_log_is_replayed_from_when_they_joined(session, conversation):
    carol, browser = await in_database(joined, session)

    for after in (0, carol.events_before - 1):
        assert json.loads(await followed(browser, session, after)) == [{"frame": "reload"}]
    heard = await followed(browser, session, carol.events_before)
    assert "Carol" in heard
    assert revealed(heard) == []


async def test_who_was_let_in_reads_from_then_on(session, conversation, policy):
    def waits():
        policy.admit_by_hand = True
        policy.save()
        customer, seat = join_session(session, name="Walter")
        say(session, text="her-answer, while Walter waited", client_id="a2", by=session.primary)
        admit_customer(session, customer, by=session.primary)
        return Participant.objects.get(pk=customer.pk), seated(customer, seat)

    walter, browser = await in_database(waits)
    assert revealed(await in_database(told, browser, session, conversation.pk)) == []
    # The page of the lobby knows a number of another log.
    assert json.loads(await followed(browser, session, 0)) == [{"frame": "reload"}]
    assert revealed(await followed(browser, session, walter.events_before)) == []


async def test_reactions_to_what_was_said_before_are_not_told(session, conversation):
    """E66: neither by the page nor by the log, of which what was given is a part."""

    def reacts():
        carol, browser = joined(session)
        before = session.chat_messages.first()
        with pytest.raises(LineTakesNoReaction):
            react(session, before, sign="🎉", on=True, by=session.primary)
        leave_session(session, by=carol)
        react(session, before, sign="🎉", on=True, by=session.primary)
        late, browser = joined(session, "Late")
        mine = say(session, text="mine", client_id="l1", by=late)
        react(session, mine, sign="🙏", on=True, by=session.primary)
        return late, browser, browser.get(reverse("remote_support", args=[session.key]))

    late, browser, page = await in_database(reacts)
    assert [one["reaction"] for one in json.loads(str(page.context["reactions_json"]))] == ["🙏"]
    heard = [frame["data"] for frame in json.loads(await followed(browser, session, late.events_before))]
    assert [data["reaction"] for data in heard if "reaction" in data] == ["🙏"]


def test_the_seat_on_another_device_reads_what_it_read_before(session, conversation):
    carol, _browser = joined(session)
    say(session, text="my-question", client_id="c1", by=carol)
    elsewhere = seated(carol, move_seat(session, by=carol))

    page = told(elsewhere, session, conversation.pk)
    assert "my-question" in page
    assert revealed(page) == []


def test_who_comes_again_reads_from_then_on(session, conversation):
    """Another customer may have been there meanwhile."""
    carol, browser = joined(session)
    say(session, text="said-the-first-time", client_id="c1", by=carol)
    leave_session(session, by=carol)

    _again, browser = joined(session)
    page = told(browser, session, conversation.pk)
    assert "said-the-first-time" not in page


def test_customers_who_are_there_together_read_each_other(session, conversation):
    carol, browser = joined(session)
    other, of_another = joined(session, "Omar")
    say(session, text="from-carol", client_id="c1", by=carol)
    say(session, text="from-omar", client_id="o1", by=other)

    for each in (browser, of_another):
        page = told(each, session)
        assert "from-carol" in page
        assert "from-omar" in page


async def test_a_site_may_show_what_was_before(session, conversation, policy):
    def comes():
        policy.shows_earlier_chat = True
        policy.save()
        return joined(session)

    _carol, browser = await in_database(comes)
    page = await in_database(told, browser, session, conversation.pk)
    assert revealed(page) == EARLIER
    assert revealed(await followed(browser, session, 0)) == EARLIER


def test_staff_read_all_of_it(session, conversation, client, amal):
    joined(session)
    client.force_login(amal)
    assert revealed(client.get(reverse("dashboard", args=[session.key])).content.decode()) == EARLIER
