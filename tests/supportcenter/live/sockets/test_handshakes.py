"""How many handshakes there may be. What is too much is refused before anyone is asked for."""

import asyncio

import pytest

from supportcenter.live.delivery.close_codes import CloseWith, Code
from supportcenter.live.sockets import admission as module
from supportcenter.live.sockets.admission import Admission, Credential
from tests.realtime import Page, open_page
from tests.supportcenter.live.conftest import STAFF, StreamConsumer

pytestmark = pytest.mark.django_db(transaction=True)


class Known(StreamConsumer):
    """Whose cookie is good is known; `asked` is how often that had to be found out."""

    asked = 0

    async def authorise(self):
        type(self).asked += 1
        if not self.credential().startswith("good"):
            raise CloseWith(Code.NOT_SIGNED_IN)
        return await super().authorise()


@pytest.fixture
def known():
    return type("Consumer", (Known,), {})


@pytest.fixture
def few_strangers(monkeypatch):
    monkeypatch.setattr(module, "STRANGERS_PER_SECOND", 0)
    monkeypatch.setattr(module, "STRANGERS_AT_ONCE", 3)


def browser(secret, address="192.0.2.1"):
    return {"headers": [(b"cookie", f"sessionid={secret}".encode())], "address": address}


def knock(consumer, secret, address="192.0.2.1", **more):
    return open_page(consumer.as_asgi(), STAFF, **browser(secret, address), **more)


async def knock_in_vain(consumer, secret, code, address="192.0.2.1"):
    async with knock(consumer, secret, address, after=None) as page:
        await page.expect_close(code)


async def test_address_whose_cookies_open_nothing_is_not_asked_for_long(known, few_strangers, caplog):
    for number in range(3):
        await knock_in_vain(known, f"bad-{number}", 4401)
    for number in range(5):
        await knock_in_vain(known, f"worse-{number}", 4429)

    assert known.asked == 3
    assert caplog.text.count('sockets_refused address="192.0.2.1"') == 1


async def test_ipv6_counts_by_what_one_customer_of_a_provider_has(known, few_strangers):
    for number in range(3):
        await knock_in_vain(known, f"bad-{number}", 4401, f"2001:db8:0:1::{number}")
    await knock_in_vain(known, "bad", 4429, "2001:db8:0:1::9")
    await knock_in_vain(known, "bad", 4401, "2001:db8:0:2::9")


async def test_neighbours_who_were_recognised_before_are_let_in(known, few_strangers):
    async with knock(known, "good-1"):
        pass
    for number in range(3):
        await knock_in_vain(known, f"bad-{number}", 4401)
    await knock_in_vain(known, "good-2", 4429)

    async with knock(known, "good-1") as page:
        await page.expect_nothing_more()


async def test_recognised_handshakes_cost_their_address_nothing(known, few_strangers):
    for number in range(20):
        async with knock(known, f"good-{number}"):
            pass


async def test_an_office_may_come_back_together(known):
    """A hundred browsers of three pages each, behind one address, before the first has been answered."""
    answer = asyncio.Event()

    class Slow(known):
        async def authorise(self):
            await answer.wait()
            return await super().authorise()

    app = Slow.as_asgi()
    pages = [Page(app, f"/staff/{number % 100}/", **browser(f"good-{number % 100}")) for number in range(300)]
    for page in pages:
        await page.open()
    answer.set()
    for number, page in enumerate(pages):
        await page.send(frame="follow", after=0, page=str(number))
        assert (await page.next_frame()).get("frame") == "following", number
    for page in pages:
        await page.leave()


async def test_one_credential_has_so_many_handshakes(known):
    known.handshakes = (0, 3)
    for _ in range(3):
        async with knock(known, "good"):
            pass
    await knock_in_vain(known, "good", 4429)
    async with knock(known, "good too"):
        pass
    assert known.asked == 4


async def test_one_credential_has_so_many_sockets_that_do_not_follow_yet(known):
    known.handshakes = (100, 4)
    async with knock(known, "good", after=None) as first, knock(known, "good", after=None):
        await knock_in_vain(known, "good", 4429)
        await first.follow()
        async with knock(known, "good", page="page-2"):
            pass


async def test_strangers_of_all_addresses_have_so_many_under_way(known, monkeypatch):
    monkeypatch.setattr(module, "MOST_STRANGERS", 2)
    answer = asyncio.Event()

    class Slow(known):
        async def authorise(self):
            await answer.wait()
            return await super().authorise()

    async with (
        knock(Slow, "good-1", "192.0.2.1", after=None) as first,
        knock(Slow, "good-2", "192.0.2.2", after=None) as second,
    ):
        await knock_in_vain(Slow, "good-3", 4429, "192.0.2.3")
        answer.set()
        await first.follow()
        await second.follow(page="page-2")
        async with knock(Slow, "good-3", "192.0.2.3", page="page-3"):
            pass


@pytest.fixture
def few_are_told(monkeypatch):
    monkeypatch.setattr(module, "TOLD_PER_SECOND", 0)
    monkeypatch.setattr(module, "TOLD_AT_ONCE", 2)


def attempt(admission, secret, address="192.0.2.1", *, is_good):
    with admission.handshake(Credential(secret, 0, 1), address) as handshake:
        if not is_good:
            raise CloseWith(Code.NOT_SIGNED_IN)
        handshake.recognise()


def use_up(admission, secret):
    """As many refusals as are told."""
    for _ in range(module.TOLD_AT_ONCE):
        with pytest.raises(CloseWith):
            attempt(admission, secret, is_good=True)


def test_one_credential_that_goes_on_is_in_vain_and_no_other(few_are_told):
    admission = Admission()
    attempt(admission, "good", is_good=True)
    for _ in range(2):
        assert not admission.is_in_vain("good", "192.0.2.1")
        with pytest.raises(CloseWith):
            attempt(admission, "good", is_good=True)

    assert admission.is_in_vain("good", "192.0.2.1")
    assert not admission.is_in_vain("another", "192.0.2.1")
    assert not admission.is_in_vain("", "192.0.2.1")


def test_one_credential_that_has_a_handshake_again_is_not_in_vain(few_are_told):
    admission = Admission()
    credential = Credential("good", 0, 1)
    with admission.handshake(credential, "192.0.2.1") as handshake:
        handshake.recognise()
    use_up(admission, "good")
    assert admission.is_in_vain("good", "192.0.2.1")
    credential.handshakes.give_back()
    assert not admission.is_in_vain("good", "192.0.2.1")


def test_address_whose_strangers_go_on_is_in_vain_but_not_for_those_recognised(few_strangers, few_are_told):
    admission = Admission()
    attempt(admission, "good", is_good=True)
    for number in range(5):
        assert not admission.is_in_vain("bad", "192.0.2.1")
        with pytest.raises(CloseWith):
            attempt(admission, f"bad-{number}", is_good=False)

    assert admission.is_in_vain("bad", "192.0.2.1")
    assert admission.is_in_vain("", "192.0.2.1")
    assert not admission.is_in_vain("good", "192.0.2.1")
    assert not admission.is_in_vain("bad", "192.0.2.2")


def test_one_credential_whose_handshakes_do_not_follow_is_in_vain_as_well(few_are_told):
    admission = Admission()
    credential = Credential("good", 100, 2)
    with admission.handshake(credential, "192.0.2.1") as handshake:
        handshake.recognise()
        use_up(admission, "good")
        assert admission.is_in_vain("good", "192.0.2.1")
    assert not admission.is_in_vain("good", "192.0.2.1")


def test_our_own_faults_are_not_counted_against_an_address(few_strangers):
    admission = Admission()
    for number in range(10):
        with pytest.raises(ZeroDivisionError), admission.handshake(Credential(f"{number}", 1, 1), "192.0.2.1"):
            raise ZeroDivisionError


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_CREDENTIALS", 5)
    monkeypatch.setattr(module, "MOST_ADDRESSES", 5)
    admission = Admission()
    for number in range(50):
        with admission.handshake(Credential(f"good-{number}", 1, 1), f"192.0.2.{number}") as handshake:
            handshake.recognise()
        with pytest.raises(CloseWith), admission.handshake(Credential(f"bad-{number}", 1, 1), f"198.51.100.{number}"):
            raise CloseWith(Code.NOT_SIGNED_IN)

    assert (len(admission.credentials), len(admission._addresses)) == (5, 5)
