"""Whatever a customer writes is shown as text or refused with a sentence: never a fault, never markup or a script."""

import json
import re
import unicodedata
from html import escape
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.models import ChatMessage, SurveyAnswer
from sessions_app.rules.seats import seat_cookie
from sessions_app.views.room import CSR_REGIONS
from supportcenter.asgi import websocket
from tests.factories import be_here, make_assistant
from tests.realtime import Page, in_database
from tests.webacd.factories import make_agent, make_queue
from webacd.actions.entering.enter import enter_queue
from webacd.rules.places import place_cookie

pytestmark = pytest.mark.slow
PAYLOADS = {
    "markup": "<b>bold</b><img src=x onerror=alert(1)>",
    "script": '</textarea></script><script>alert("carol")</script>',
    "attribute": "\"' autofocus onfocus=alert(1) x='",
    "address": "javascript:alert(1)//https://example.com/<svg/onload=alert(1)>",
    "template": "{{ 7|add:7 }} {% debug %} ${7*7} %(name)s %s {name} $& $1",
    "ten thousand": "ab " * 3333 + "z",
    "one long word": "W" * 80,
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👋🏽 \U0001faf6",
    "right to left": "\u202egnp.exe \u2066inside\u2069\u2069 \u200f\u061c كارول",
    "null byte": "Ca\0rol",
    "control": "Ca\x1b[31m\x07\x08rol",
    "lines": "Carol\r\nBcc: eve@example.com\r\n\r\nHello",
    "sql": "'; DROP TABLE accounts_user; --",
    "one half of a pair": "Ca\ud83drol",
}
ATTEMPTS = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())

# Every page and region in which a CSR meets what customers wrote.
CSR_VIEWS = ["dashboard", "room", "record", "invitations"]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=True)


@pytest.fixture
def carols_browser(session):
    customer, seat = join_session(session, name="Carol")
    be_here(customer)
    client = Client()
    client.cookies[seat_cookie(session.key)] = seat
    return client


@pytest.fixture
def shown_to_csrs(amal, bilal, session):
    """The HTML of everything amal and bilal can look at; each must come without a fault."""
    make_assistant(session, bilal)

    def look():
        pages = []
        for user in (amal, bilal):
            client = Client()
            client.force_login(user)
            paths = [reverse(view, args=[session.key]) for view in CSR_VIEWS]
            paths += [reverse("dashboard_region", args=[session.key, region]) for region in CSR_REGIONS]
            answers = [client.get(path) for path in [reverse("home"), *paths]]
            assert {answer.status_code for answer in answers} <= {200, 403}
            pages += [answer.content.decode() for answer in answers]
        return pages

    return look


@pytest.mark.django_db
class TestPages:
    @ATTEMPTS
    def test_name_is_shown_as_text_or_refused(self, visitor, session, shown_to_csrs, payload):
        answer = visitor.post(reverse("join"), {"number": session.number, "name": as_sent(payload)})
        if is_refused_with_a_sentence(answer):
            assert not session.participants.customers().exists()
            return
        customer = session.participants.customers().get()
        assert customer.name == readable(as_sent(payload))
        pages = shown_to_csrs()
        assert sum(escape(customer.name) in page for page in pages) >= 4
        assert_is_no_markup(customer.name, pages)
        own_page = visitor.get(reverse("remote_support", args=[session.key]))
        assert_is_no_markup(customer.name, [own_page.content.decode()])

    @ATTEMPTS
    def test_email_address_is_refused_unless_it_is_one(self, visitor, session, payload):
        answer = visitor.post(
            reverse("join"), {"number": session.number, "name": "Carol", "email": as_sent(payload) + "@example.com"}
        )
        if not is_refused_with_a_sentence(answer):
            assert escape(session.participants.customers().get().email) == as_sent(payload) + "@example.com"

    @ATTEMPTS
    def test_number_is_refused_like_any_wrong_one(self, visitor, policy, payload):
        for path in (reverse("join"), reverse("join") + "?" + "number=%00%ff"):
            answer = visitor.post(path, {"number": as_sent(payload), "name": "Carol"})
            assert is_refused_with_a_sentence(answer)
            assert_is_no_markup(as_sent(payload), [answer.content.decode()])
        asked = visitor.get(reverse("join"), {"number": as_sent(payload)})
        assert asked.status_code == 200
        assert_is_no_markup(as_sent(payload), [asked.content.decode()])

    @ATTEMPTS
    def test_message_is_shown_as_text_or_refused(self, carols_browser, session, shown_to_csrs, payload):
        answer = carols_browser.post(
            reverse("customer_send_message", args=[session.key]),
            {"text": as_sent(payload), "client_id": as_sent(payload)},
            headers={"X-Requested-With": "fetch"},
        )
        if answer.status_code == 422:
            assert answer.json()["error"]["message"]
            assert not ChatMessage.objects.exists()
            return
        assert answer.status_code == 200
        said = ChatMessage.objects.get().text
        assert said == as_sent(payload).replace("\r\n", "\n").strip()
        pages = shown_to_csrs()
        pages.append(carols_browser.get(reverse("remote_support", args=[session.key])).content.decode())
        assert sum(without_links(said) in without_links(page, is_html=True) for page in pages) >= 3
        assert_is_no_markup(said, pages)

    @ATTEMPTS
    def test_survey_takes_only_its_own_answers(self, carols_browser, session, payload):
        end_session(session, by=session.primary)
        for fields in ({"solved": as_sent(payload), "rating": "5"}, {"solved": "yes", "rating": as_sent(payload)}):
            assert carols_browser.post(reverse("answer_survey", args=[session.key]), fields).status_code in {302, 422}
        assert not SurveyAnswer.objects.exists()

    @ATTEMPTS
    def test_last_words_and_abilities_are_never_a_fault(self, carols_browser, session, payload):
        words = {"page": as_sent(payload), "secret": as_sent(payload), "voice": as_sent(payload)}
        assert carols_browser.post(reverse("customer_leaving", args=[session.key]), words).status_code == 204
        assert carols_browser.post(reverse("customer_equip", args=[session.key]), words).status_code == 204
        assert session.participants.customers().get().is_here

    @ATTEMPTS
    def test_language_and_where_to_go_then_are_taken_from_our_own_alone(self, visitor, policy, payload):
        answer = visitor.post(reverse("set_language"), {"language": as_sent(payload), "next": as_sent(payload)})
        assert answer.status_code == 302
        assert "django_language" not in visitor.cookies
        for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
            answer = visitor.post(reverse("set_language"), {"language": "ar", "next": elsewhere})
            assert (answer.status_code, answer["Location"]) == (302, "/")

    def test_bytes_that_are_no_text_are_never_a_fault(self, visitor, session):
        body = b"number=" + session.number.encode() + b"&name=%ff%fe%00&email=%c3%28"
        answer = visitor.generic("POST", reverse("join"), body, "application/x-www-form-urlencoded")
        assert is_refused_with_a_sentence(answer)
        seat = {"HTTP_COOKIE": f"{seat_cookie(session.key)}=\xff\xfe; csrftoken=\x00"}
        assert visitor.get(reverse("remote_support", args=[session.key]), **seat).status_code == 404


@pytest.mark.django_db(transaction=True)
class TestSockets:
    @ATTEMPTS
    async def test_page_and_secret_are_taken_or_refused(self, session, carols_browser, payload):
        for frame in ({"page": payload, "secret": "tab"}, {"page": "page", "secret": payload}):
            answer = await answer_to(socket_of(session), carols_browser, {"frame": "follow", "after": 0, **frame})
            assert answer == "following" or answer in {4400, 4413}
        again = {"frame": "follow", "after": 0, "page": "p", "secret": "s"}
        assert await answer_to(socket_of(session), carols_browser, again) == "following"

    @ATTEMPTS
    async def test_signals_of_any_shape_are_passed_on_harmless_or_refused(self, session, carols_browser, payload):
        follow = {"frame": "follow", "after": 0, "page": "p", "secret": "s"}
        for signal in (
            {"type": payload, "to": None, "data": 1},
            {"type": "typing", "to": payload, "data": True},
            {"type": "typing", "to": None, "data": {"text": payload}},
            {"type": "typing", "to": None, "data": [[[payload]]]},
        ):
            answer = await answer_to(
                socket_of(session), carols_browser, follow, {"frame": "signal", **signal}, {"frame": "ping"}
            )
            assert answer == "following" or answer in {4400, 4413}

    @ATTEMPTS
    async def test_waiting_page_is_taken_or_refused(self, amal, payload):
        queue = await in_database(lambda: make_queue(agents=[make_agent(amal)]))
        waiting, place = await in_database(lambda: enter_queue(queue, name="Carol"))
        client = Client()
        client.cookies[place_cookie(waiting.key)] = place
        follow = {"frame": "follow", "after": 0, "page": payload}
        assert await answer_to(f"/ws/waiting/{waiting.key}/", client, follow) in {"following", 4400, 4413}

    @ATTEMPTS
    async def test_a_seat_that_is_none_is_turned_away(self, session, payload):
        # As a header: newer Pythons put no control character into a cookie, but a stranger's program does.
        seat = as_sent(payload).replace("\0", "").replace("\r\n", "")[:500]
        cookie = (b"cookie", f"{seat_cookie(session.key)}={seat}".encode())
        follow = {"frame": "follow", "after": 0, "page": "p", "secret": "s"}
        assert await answer_to(socket_of(session), None, follow, headers=[cookie]) == 4401


@pytest.mark.django_db
class TestPolicy:
    """The browser's own guard, should a page ever hold what it must not."""

    @pytest.mark.walk
    @pytest.mark.parametrize("viewer", ["nobody", "carol", "amal", "dana"])
    def test_every_page_comes_with_the_strict_policy_and_nothing_inline(self, everybody, viewer):
        seen = 0
        for name in everybody.urls:
            answer = everybody.ask("GET", name, viewer)
            if answer.headers["Content-Type"].startswith("text/html"):
                seen += 1
                assert_is_guarded(answer)
                assert (name, Inline(answer.content.decode()).found) == (name, [])
        assert seen > 50

    def test_refusals_and_the_admin_come_with_it_too(self, everybody):
        for answer in (
            everybody.browser("amal").get("/no/such/page/"),
            everybody.ask("POST", "send_message", "amal", enforce_csrf_checks=True),
            everybody.ask("GET", "start_session", "eve"),
            everybody.ask("GET", "admin:index", "dana"),
            everybody.ask("GET", "admin:accounts_user_changelist", "dana"),
        ):
            assert_is_guarded(answer)


def assert_is_guarded(answer):
    """Scripts, styles and connections from our own site alone, nothing inline, no plug-ins, in nobody's frame."""
    header = answer.headers["Content-Security-Policy"]
    policy = {name: set(sources) for name, *sources in (part.split() for part in header.split(";") if part.strip())}
    for directive in ("script-src", "style-src", "connect-src", "frame-src", "form-action"):
        assert policy.get(directive, policy["default-src"]) == {"'self'"}
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[directive] == {"'none'"}
    assert set().union(*policy.values()) <= {"'self'", "'none'", "data:", "blob:"}


class Inline(HTMLParser):
    """Collects what the policy would not let run: scripts and styles in the page, handlers in attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)
        self.found += [name for name in given if name == "style" or name.startswith("on")]
        self.found += [value for value in given.values() if (value or "").lower().strip().startswith("javascript:")]


def as_sent(payload):
    """A form is sent as UTF-8, which has no half pairs: a browser puts the replacement character in their place."""
    return payload.encode("utf-8", "replace").decode()


def readable(name):
    """A name is kept without control characters, and in one line."""
    return "".join(one for one in " ".join(name.split()) if unicodedata.category(one) != "Cc")


def is_refused_with_a_sentence(answer):
    if answer.status_code == 302:
        return False
    assert answer.status_code in {404, 422, 429}
    form = answer.context["form"]
    assert all(message.strip() for messages in form.errors.values() for message in messages)
    return bool(form.errors)


def assert_is_no_markup(text, pages):
    """What was written stands in no page as it was written, unless it holds nothing that HTML would read."""
    if escape(text) != text:
        assert not [page for page in pages if text in page]


def without_links(text, *, is_html=False):
    """Escaped text, less the links that the site makes of addresses."""
    return re.sub(r"</?a\b[^>]*>", "", text if is_html else escape(text))


def socket_of(session):
    return f"/ws/support/{session.key}/"


async def answer_to(path, client, *frames, headers=()):
    """What a customer's socket says to these frames: "following", or the code with which it closes."""
    page = Page(websocket, path, client=client, headers=headers)
    await page.open()
    for frame in frames:
        await page.send_text(json.dumps(frame))
    answer = None
    while answer is None:
        message = await page._socket.receive_output(timeout=5)
        if message["type"] == "websocket.close":
            answer = message["code"]
        elif json.loads(message["text"])["frame"] == ("pong" if len(frames) > 1 else "following"):
            answer = "following"
    await page.leave()
    return answer
