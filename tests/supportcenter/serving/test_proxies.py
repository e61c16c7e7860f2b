import pytest

from supportcenter.serving.proxies import TrustedProxies

PEER = ["10.0.0.1", 4000]


@pytest.fixture(autouse=True)
def a_folder(settings, tmp_path):
    """For what a process notes of proxies that it does not know."""
    settings.DATA_DIR = tmp_path


def seen(count, *forwarded, peer=PEER):
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return TrustedProxies(None, count).client({"headers": headers, "client": peer})


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (1, ["198.51.100.7"], "198.51.100.7"),
        (1, ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        (1, ["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
        (2, ["6.6.6.6, 198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        (1, ["2001:db8::7"], "2001:db8::7"),
    ],
)
def test_address_is_what_the_outermost_trusted_proxy_saw(count, forwarded, address):
    assert seen(count, *forwarded) == [address, 0]


@pytest.mark.parametrize("forwarded", [[], ["unknown"], ["198.51.100.7:80; drop"], ["198.51.100.7"]])
def test_address_stays_the_peers_when_the_proxies_tell_none(forwarded):
    assert seen(2, *forwarded) == PEER


async def test_without_proxies_the_header_is_nothing():
    scopes = []

    async def application(scope, receive, send):
        scopes.append(scope["client"])

    scope = {"headers": [(b"x-forwarded-for", b"6.6.6.6")], "client": PEER}
    await TrustedProxies(application, 0)(scope, None, None)
    await TrustedProxies(application, 1)(scope, None, None)
    assert scopes == [PEER, ["6.6.6.6", 0]]
