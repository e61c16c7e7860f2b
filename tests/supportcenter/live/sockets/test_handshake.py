"""A handshake as a request: who it is, and whether a page of ours begins it."""

import pytest

from supportcenter.live.sockets.handshake import comes_from_our_pages, request_of
from tests.realtime import in_database

pytestmark = pytest.mark.django_db(transaction=True)


def scope_with(**headers):
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "websocket", "path": "/ws/", "headers": sent}


def handshake(origin, host="help.example.test", scheme="ws", **headers):
    return request_of(scope_with(origin=origin, host=host, **headers) | {"scheme": scheme})


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["help.example.test", "localhost", "127.0.0.1", "[::1]"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://support.example.test", "https://*.partner.example.test"]


@pytest.mark.parametrize(
    ("origin", "more"),
    [
        ("http://help.example.test", {}),
        ("http://127.0.0.1:8000", {"host": "127.0.0.1:8000"}),
        ("http://localhost:8000", {"host": "localhost:8000"}),
        ("http://[::1]:8000", {"host": "[::1]:8000"}),
        ("https://help.example.test", {"scheme": "wss"}),
        ("https://support.example.test", {}),
        ("https://support.example.test", {"host": "elsewhere.test"}),
        ("https://a.partner.example.test", {}),
    ],
)
def test_pages_of_ours_are_let_in(origin, more):
    assert comes_from_our_pages(handshake(origin, **more))


@pytest.mark.parametrize(
    ("origin", "more"),
    [
        ("https://help.example.test", {}),
        ("http://help.example.test", {"scheme": "wss"}),
        ("ftp://help.example.test", {}),
        ("help.example.test", {}),
        ("://help.example.test", {}),
        ("http://help.example.test:8000", {}),
        ("http://help.example.test", {"host": "help.example.test:8000"}),
        ("http://127.0.0.1:8000", {"host": "localhost:8000"}),
        ("http://elsewhere.test", {"host": "elsewhere.test"}),
        ("http://support.example.test", {}),
        ("https://support.example.test:8443", {}),
        ("http://[", {}),
        ("null", {}),
        ("", {}),
    ],
)
def test_scheme_host_and_port_have_to_be_ours(origin, more):
    assert not comes_from_our_pages(handshake(origin, **more))


def test_scheme_is_what_our_proxies_say(settings):
    forwarded = {"x_forwarded_proto": "https"}
    assert not comes_from_our_pages(handshake("https://help.example.test", **forwarded))
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert comes_from_our_pages(handshake("https://help.example.test", **forwarded))
    assert not comes_from_our_pages(handshake("http://help.example.test", **forwarded))


async def who(*cookies):
    scope = {"type": "websocket", "path": "/ws/", "headers": [(b"cookie", each.encode()) for each in cookies]}
    request = request_of(scope)
    return await in_database(lambda: str(request.user)), request.COOKIES


@pytest.fixture
def amals_cookie(client, amal):
    client.force_login(amal)
    return f"sessionid={client.cookies['sessionid'].value}"


async def test_socket_knows_who_is_signed_in(amals_cookie, amal):
    user, cookies = await who(f"seat=7; {amals_cookie}")
    assert (user, cookies["seat"]) == (str(amal), "7")


async def test_cookies_may_come_in_several_headers(amals_cookie, amal):
    user, cookies = await who("seat=7", amals_cookie)
    assert (user, cookies["seat"]) == (str(amal), "7")


@pytest.mark.parametrize("cookies", [[], ["sessionid=made-up"], ["sessionid="]])
async def test_anybody_else_is_anonymous(cookies):
    assert (await who(*cookies))[0] == "AnonymousUser"


async def test_disabled_account_is_anonymous_at_once(amals_cookie, amal):
    amal.is_active = False
    await amal.asave()
    assert (await who(amals_cookie))[0] == "AnonymousUser"


async def test_changed_password_ends_the_sockets_sign_in(amals_cookie, amal):
    amal.set_password("another one entirely")
    await amal.asave()
    assert (await who(amals_cookie))[0] == "AnonymousUser"
