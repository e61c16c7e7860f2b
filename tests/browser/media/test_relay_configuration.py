"""The configuration we ship, run by a real coturn: what it refuses to forward to, and how long a credential counts."""

from contextlib import ExitStack

import pytest

from tests.browser.media.people import until
from tests.browser.media.turn import Turn
from tests.browser.media.turn_client import OK, TCP, V4, V6, TurnClient
from tests.browser.site import ROOT

SHIPPED = ROOT / "deploy/coturn/turnserver.conf"
UNAUTHORIZED, FORBIDDEN, NO_SUCH_TRANSPORT, QUOTA_REACHED = 401, 403, 442, 486
PATHS_OF_ONE = 24


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    # The relay's second address, so that it has a way to peers of IPv6 at all.
    turn = Turn(tmp_path_factory.mktemp("shipped"), file=SHIPPED, more=["--relay-ip=::1"])
    yield turn
    turn.stop()


@pytest.fixture(scope="module")
def browsers(shipped):
    """One with a path through the relay for peers of each family."""
    browsers = {family: TurnClient(shipped.port, shipped.credentials()) for family in (V4, V6)}
    assert [browser.allocate(family=family) for family, browser in browsers.items()] == [OK, OK]
    yield browsers
    for browser in browsers.values():
        browser.close()


def test_coturn_takes_every_line_without_a_warning(shipped):
    told = shipped.log.read_text()
    assert "Total General servers" in told
    assert [line for line in told.splitlines() if "WARNING" in line or "ERROR" in line or "Bad conf" in line] == []


@pytest.mark.parametrize(
    "peer",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.5.5", "192.0.0.1", "192.0.2.1"),
        *("192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255"),
    ],
)
def test_special_addresses_of_ipv4_are_not_forwarded_to(browsers, peer):
    assert browsers[V4].permit(peer) == FORBIDDEN


@pytest.mark.parametrize(
    "peer",
    [
        *("::", "::1", "::127.0.0.1", "::10.0.0.0", "::ffff:127.0.0.1", "::ffff:10.0.0.0", "::ffff:8.8.8.8"),
        *("::ffff:0:127.0.0.1", "1::", "ff::ffff"),
        *("64:ff9b::1", "64:ff9b::7f00:1", "64:ff9b::ffff:ffff", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
        *("100::1", "2001::1", "2001:0:ffff::1", "2001:db8::1", "2002::1", "2002:7f00:1::", "3fff::1", "5f00::1"),
        *("100::", "4000::", "fc00::", "fc00::1", "fdff::1", "fe80::", "fe80::1", "febf::1", "fec0::1", "ff02::1"),
    ],
)
def test_special_addresses_of_ipv6_are_not_forwarded_to(browsers, peer):
    assert browsers[V6].permit(peer) == FORBIDDEN


@pytest.mark.parametrize(("family", "peer"), [(V4, "8.8.8.8"), (V6, "2000::1"), (V6, "2001:200::1"), (V6, "2a00::1")])
def test_public_addresses_are_forwarded_to(browsers, family, peer):
    assert browsers[family].permit(peer) == OK


def test_no_connections_are_opened_on_behalf_of_a_browser(shipped):
    with TurnClient(shipped.port, shipped.credentials(), over_tcp=True) as browser:
        assert browser.allocate(transport=TCP) == NO_SUCH_TRANSPORT


def test_renewed_credential_does_not_renew_the_quota(shipped):
    first, renewed = (shipped.credentials("participant.8", seconds=seconds) for seconds in (600, 700))
    with ExitStack() as stack:
        browsers = [stack.enter_context(TurnClient(shipped.port, first)) for _path in range(PATHS_OF_ONE)]
        assert {browser.allocate() for browser in browsers} == {OK}

        assert stack.enter_context(TurnClient(shipped.port, renewed)).allocate() == QUOTA_REACHED


def test_expired_credential_opens_no_path_and_breaks_none_that_is_open(tmp_path):
    """An honest call goes on, although its nonce, too, has become stale."""
    turn = Turn(tmp_path, configuration="allow-loopback-peers\nstale-nonce=1")
    short = turn.credentials(seconds=2)
    with TurnClient(turn.port, short) as running:
        assert running.allocate() == OK

        assert until(lambda: refusal_of_a_new_path(turn, short) == UNAUTHORIZED)

        assert running.refresh() == OK
        assert running.permit("127.0.0.1") == OK
    turn.stop()


def refusal_of_a_new_path(turn, credentials):
    with TurnClient(turn.port, credentials) as browser:
        return browser.allocate()
