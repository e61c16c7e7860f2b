"""The configuration we ship, run by a real coturn: what it refuses to forward to, and how long a credential counts."""

import ipaddress
from contextlib import ExitStack

import pytest

from supportcenter.relay_client import OK, TCP, V4, V6

pytestmark = pytest.mark.process

FORBIDDEN, NO_SUCH_TRANSPORT, QUOTA_REACHED = 403, 442, 486
PATHS_OF_ONE = 24
SPECIAL_V4 = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4"),
]
SPECIAL_V6 = [
    # Compatible, mapped and translated addresses of IPv4, NAT64, to be discarded.
    *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64"),
    # Teredo, benchmarks, hashes, all special purposes; documentation, 6to4, documentation, routing headers.
    *("2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001::/23", "2001:db8::/32", "2002::/16"),
    *("3fff::/20", "5f00::/16"),
    # Local, link-local, formerly local, multicast; and what nobody has been given yet.
    *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "::/3", "4000::/2", "8000::/1"),
]
NETWORKS = {V4: [*map(ipaddress.ip_network, SPECIAL_V4)], V6: [*map(ipaddress.ip_network, SPECIAL_V6)]}
# What stands for a private address of IPv4 in each of the ways to write one in IPv6.
WAYS = {"compatible": "::/96", "mapped": "::ffff:0:0/96", "translated": "::ffff:0:0:0/96", "NAT64": "64:ff9b::/96"}


@pytest.fixture(scope="module")
def browsers(relay):
    """One with a path through the relay for peers of each family."""
    with ExitStack() as stack:
        browsers = {family: stack.enter_context(relay.client()) for family in (V4, V6)}
        assert [browser.allocate(family=family) for family, browser in browsers.items()] == [OK, OK]
        yield browsers


def answers(browser, address):
    return {browser.permit(address), browser.bind(address)}


def just_outside(family):
    """The public neighbours of what is special: not in another special network, nor beyond the last address."""
    for network in NETWORKS[family]:
        for distance in (int(network[0]) - 1, int(network[-1]) + 1):
            address = None if not 0 <= distance < 2**network.max_prefixlen else type(network[0])(distance)
            if address is not None and not any(address in each for each in NETWORKS[family]):
                yield str(address)


def test_coturn_takes_every_line_without_a_complaint(relay):
    assert "Black listing: 10.0.0.0-10.255.255.255" in relay.said()
    assert [line for line in relay.complaints() if "denied" not in line] == []


@pytest.mark.parametrize("network", SPECIAL_V4)
def test_special_addresses_of_ipv4_are_not_forwarded_to(browsers, network):
    first, last = (ipaddress.ip_network(network)[end] for end in (0, -1))
    assert {address: answers(browsers[V4], address) for address in (first, last)} == {
        first: {FORBIDDEN},
        last: {FORBIDDEN},
    }


@pytest.mark.parametrize("network", SPECIAL_V6)
def test_special_addresses_of_ipv6_are_not_forwarded_to(browsers, network):
    first, last = (ipaddress.ip_network(network)[end] for end in (0, -1))
    assert {address: answers(browsers[V6], address) for address in (first, last)} == {
        first: {FORBIDDEN},
        last: {FORBIDDEN},
    }


@pytest.mark.parametrize("network", SPECIAL_V4)
@pytest.mark.parametrize("way", WAYS)
def test_special_addresses_of_ipv4_within_ipv6_are_not_forwarded_to(browsers, way, network):
    around = ipaddress.ip_network(WAYS[way])
    within = [around[int(ipaddress.ip_network(network)[end])] for end in (0, -1)]
    assert [answers(browsers[V6], address) for address in within] == [{FORBIDDEN}, {FORBIDDEN}]


@pytest.mark.parametrize("network", SPECIAL_V4)
def test_special_addresses_of_ipv4_within_6to4_are_not_forwarded_to(browsers, network):
    within = [
        ipaddress.IPv6Address((0x2002 << 112) + (int(ipaddress.ip_network(network)[end]) << 80)) for end in (0, -1)
    ]
    assert [answers(browsers[V6], address) for address in within] == [{FORBIDDEN}, {FORBIDDEN}]


@pytest.mark.parametrize("family", [V4, V6])
def test_public_addresses_just_outside_are_forwarded_to(browsers, family):
    public = sorted(set(just_outside(family)))
    assert len(public) > 3
    assert {address: answers(browsers[family], address) for address in public} == dict.fromkeys(public, {OK})


@pytest.mark.parametrize(("family", "peer"), [(V4, "8.8.8.8"), (V6, "2000::1"), (V6, "2001:200::1"), (V6, "2a00::1")])
def test_public_addresses_are_forwarded_to(browsers, family, peer):
    assert browsers[family].permit(peer) == OK


def test_no_connections_are_opened_on_behalf_of_a_browser(relay):
    with relay.client("tcp") as browser:
        assert browser.allocate(transport=TCP) == NO_SUCH_TRANSPORT


def test_renewed_credential_does_not_renew_the_quota(relay):
    with ExitStack() as stack:
        browsers = [stack.enter_context(relay.client(who="participant.8")) for _path in range(PATHS_OF_ONE)]
        assert {browser.allocate() for browser in browsers} == {OK}

        assert stack.enter_context(relay.client(who="participant.8", seconds=700)).allocate() == QUOTA_REACHED
