import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from sessions_app.actions.change_line import delete_line, edit_line
from sessions_app.actions.chat import say
from sessions_app.actions.control.ask_to_assist import ask_to_assist
from sessions_app.actions.lifecycle.end import end_session
from sessions_app.actions.lifecycle.join import admit_customer, join_session
from sessions_app.actions.lifecycle.leave import remove_participant
from sessions_app.actions.presence.move_seat import move_seat
from sessions_app.errors import ColleagueNotHere
from sessions_app.models import Participant
from sessions_app.queries.askable import askable
from sessions_app.rules.seats import seat_cookie
from supportcenter.asgi import websocket
from supportcenter.live.log.eventlog import position
from supportcenter.live.models import Event
from tests.factories import make_assistant
from tests.realtime import Page, in_database, open_page

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def seated(customer, seat):
    client = Client()
    client.cookies[seat_cookie(customer.session.key)] = seat
    return client


@pytest.fixture
def desk(session):
    """Amal's browser."""
    return signed_in(session.primary.user)


@pytest.fixture
def strangers(eve, bilal):
    return {"nobody": None, "eve": signed_in(eve), "bilal": signed_in(bilal)}


@pytest.fixture
def carols_browser(session):
    customer, seat = join_session(session, name="Carol")
    return customer, seated(customer, seat)


def csr_path(session):
    return f"/ws/sessions/{session.key}/"


def customer_path(session):
    return f"/ws/support/{session.key}/"


async def test_csr_follows_from_where_the_page_stands(session, desk):
    async with open_page(websocket, csr_path(session), client=desk, after=1) as page:
        assert (await page.next_event())["type"] == "participant.joined"
        await in_database(say, session, text="Hello", client_id="c1", by=session.primary)
        event = await page.next_event()
        assert (event["type"], event["data"]["text"]) == ("chat.said", "Hello")


async def test_page_that_was_offline_hears_nothing_of_what_was_taken_back(session, desk, carols_browser):
    _customer, browser = carols_browser

    def say_and_take_back():
        after = position(session.stream)
        wrong = say(session, text="Wrong", client_id="c1", by=session.primary)
        mended = say(session, text="Pasword", client_id="c2", by=session.primary)
        delete_line(session, wrong, by=session.primary)
        edit_line(session, mended, text="Password", by=session.primary)
        return after

    after = await in_database(say_and_take_back)
    for path, client in ((customer_path(session), browser), (csr_path(session), desk)):
        async with open_page(websocket, path, client=client, after=after) as page:
            told = [(event["type"], event["data"].get("text")) for event in await page.next_events(4)]
        assert told == [
            ("chat.said", ""),
            ("chat.said", "Password"),
            ("chat.deleted", None),
            ("chat.edited", "Password"),
        ]


async def test_customer_does_not_hear_what_is_for_staff(session, carols_browser):
    customer, browser = carols_browser
    async with open_page(websocket, customer_path(session), client=browser, after=2) as page:
        assert [event["type"] for event in await page.next_events(2)] == [
            "participant.joined",
            "customer.switched",
        ]
        await in_database(end_session, session, by=session.primary)
        assert (await page.next_event())["type"] == "session.ended"
        await page.expect_close(4410)


@pytest.mark.parametrize(("who", "code"), [("nobody", 4401), ("eve", 4404), ("bilal", 4404)])
async def test_strangers_are_sent_away(session, strangers, who, code):
    async with open_page(websocket, csr_path(session), client=strangers[who], after=None) as page:
        await page.expect_close(code)


async def test_seat_of_another_session_opens_nothing(session, carols_browser):
    _customer, browser = carols_browser
    elsewhere = customer_path(session).replace("support/", "support/x")
    async with open_page(websocket, elsewhere, client=browser, after=None) as page:
        await page.expect_close(4401)


async def test_socket_is_presence(session, desk):
    async with open_page(websocket, csr_path(session), client=desk, after=2, page="page-2") as page:
        me = await in_database(Participant.objects.get, pk=session.primary_id)
        assert (me.page, me.is_here) == ("page-2", True)
        await page.expect_nothing_more()
    me = await in_database(Participant.objects.get, pk=session.primary_id)
    assert me.away_how == "lost"


async def test_second_tab_takes_over_and_the_first_is_told(session, desk):
    async with (
        open_page(websocket, csr_path(session), client=desk, after=2, page="first") as first,
        open_page(websocket, csr_path(session), client=desk, after=2, page="second") as second,
    ):
        await first.expect_close(4409)
        await second.expect_nothing_more()
        me = await in_database(Participant.objects.get, pk=session.primary_id)
        assert (me.page, me.is_here) == ("second", True)


async def test_page_that_connects_again_was_never_lost(session, carols_browser):
    customer, browser = carols_browser
    async with (
        open_page(websocket, customer_path(session), client=browser, after=4) as first,
        open_page(websocket, customer_path(session), client=browser, after=4) as second,
    ):
        await first.expect_close(4409)
        await first.leave()
        await second.expect_nothing_more()
        me = await in_database(Participant.objects.get, pk=customer.pk)
        assert me.is_here
    me = await in_database(Participant.objects.get, pk=customer.pk)
    assert me.away_how == "lost"
    assert await in_database(told, session, "participant.lost") == 1


def told(session, type):
    return Event.objects.filter(stream__name=session.stream, type=type).count()


async def test_many_sockets_of_a_customer_are_one(session, desk, carols_browser):
    """And what they signal is counted together: the representative's page is told what one page may say."""
    _customer, browser = carols_browser
    async with open_page(websocket, csr_path(session), client=desk, after=4) as amal:
        pages = []
        for number in range(15):
            page = Page(websocket, customer_path(session), client=browser)
            await page.open()
            await page.send(frame="follow", after=4, page=f"page-{number % 2}", secret="tab")
            for _ in range(100):
                await page.signal("typing", True)
            pages.append(page)
        for page in pages:
            await page.leave()
        await in_database(say, session, text="Still here", client_id="c1", by=session.primary)

        heard = [await amal.next_frame()]
        while heard[-1].get("type") != "chat.said":
            heard.append(await amal.next_frame())
        await amal.expect_nothing_more()
    typed = [frame for frame in heard if frame.get("type") == "typing"]
    # 300 at once and 60 a second, and the fifteen frames with which the pages began.
    assert 0 < len(typed) < 1_000


async def test_removed_customer_is_sent_away(session, carols_browser):
    customer, browser = carols_browser
    async with open_page(websocket, customer_path(session), client=browser, after=4) as page:
        await in_database(remove_participant, session, customer, by=session.primary)
        assert (await page.next_event())["type"] == "participant.left"
        await page.next_event()
        await page.expect_close(4410)


async def test_typing_reaches_the_others(session, desk, carols_browser):
    customer, browser = carols_browser
    async with (
        open_page(websocket, csr_path(session), client=desk, after=4) as amal,
        open_page(websocket, customer_path(session), client=browser, after=4) as carol,
    ):
        await carol.signal("typing", True)
        assert await amal.next_signal() == {
            "frame": "signal",
            "type": "typing",
            "from": {"key": customer.event_key, "name": "Carol"},
            "data": {"typing": True},
        }
        await carol.expect_nothing_more()


async def test_unknown_signal_is_refused(session, carols_browser):
    _customer, browser = carols_browser
    async with open_page(websocket, customer_path(session), client=browser, after=4) as page:
        await page.signal("control.take", True)
        await page.expect_refusal("signal_refused")


async def test_who_waits_in_the_lobby_hears_only_their_own_admission(session, policy, desk):
    def let_wait():
        policy.admit_by_hand = True
        policy.save()
        return join_session(session, name="Carol")

    customer, seat = await in_database(let_wait)
    async with open_page(websocket, customer_path(session), client=seated(customer, seat), after=0) as page:
        await in_database(say, session, text="secret", client_id="c1", by=session.primary)
        await page.expect_nothing_more()
        await in_database(admit_customer, session, customer, by=session.primary)
        assert (await page.next_event())["type"] == "lobby.left"


async def test_assistant_is_staff(session, bilal):
    assistant = await in_database(make_assistant, session, bilal)
    async with open_page(websocket, csr_path(session), client=await sync_to_async(signed_in)(bilal), after=3) as page:
        await page.expect_nothing_more()
        refused = await in_database(_try_to_end, session, assistant)
        assert refused == "not_in_control"
        assert (await page.next_event())["type"] == "control.refused"


def _try_to_end(session, by):
    try:
        end_session(session, by=by)
    except Exception as refusal:
        return refusal.code
    return None


async def test_a_moved_seat_closes_the_first_device(session, carols_browser):
    customer, browser = carols_browser
    async with open_page(websocket, customer_path(session), client=browser, after=4) as page:
        await in_database(move_seat, session, by=customer)
        await page.expect_close(4409)
    async with open_page(websocket, customer_path(session), client=browser, after=None) as page:
        await page.expect_close(4401)


async def test_csr_is_reached_on_any_page_while_one_is_open(session, faris):
    """Of a CSR who is no agent; what is missed between two pages is asked for in vain."""
    browser, primary = await in_database(signed_in, faris), session.primary
    with pytest.raises(ColleagueNotHere):
        await in_database(ask_to_assist, session, faris, by=primary)
    async with (
        open_page(websocket, "/ws/person/", client=browser, page="home") as home,
        open_page(websocket, "/ws/person/", client=browser, page="reports") as reports,
    ):
        await in_database(ask_to_assist, session, faris, by=primary)
        for page in (home, reports):
            event = await page.next_event()
            assert (event["type"], event["data"]["number"]) == ("assist.asked", session.number)
    with pytest.raises(ColleagueNotHere):
        await in_database(ask_to_assist, session, faris, by=primary)


async def test_page_of_a_csr_that_connects_again_was_never_gone(session, faris):
    browser = await in_database(signed_in, faris)
    async with open_page(websocket, "/ws/person/", client=browser) as first:
        async with open_page(websocket, "/ws/person/", client=browser) as second:
            await first.expect_close(4409)
            await first.leave()
            await second.expect_nothing_more()
            assert await in_database(askable, session) == [faris]
        assert await in_database(askable, session) == []
