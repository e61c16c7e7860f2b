import pytest
from django.contrib.auth.models import AnonymousUser

from supportcenter.serving.sockets import SignedInUser

pytestmark = pytest.mark.django_db(transaction=True)


async def scope_with(*cookies):
    scopes = []

    async def application(scope, receive, send):
        scopes.append(scope)

    headers = [(b"cookie", cookie.encode()) for cookie in cookies]
    await SignedInUser(application)({"type": "websocket", "headers": headers}, None, None)
    return scopes[0]


@pytest.fixture
def amals_cookie(client, amal):
    client.force_login(amal)
    return f"sessionid={client.cookies['sessionid'].value}"


async def test_socket_knows_who_is_signed_in(amals_cookie, amal):
    scope = await scope_with(f"seat=7; {amals_cookie}")
    assert scope["user"] == amal
    assert scope["cookies"]["seat"] == "7"


async def test_cookies_may_come_in_several_headers(amals_cookie, amal):
    assert (await scope_with("seat=7", amals_cookie))["user"] == amal


@pytest.mark.parametrize("cookies", [[], ["sessionid=made-up"], ["sessionid="]])
async def test_anybody_else_is_anonymous(cookies):
    assert (await scope_with(*cookies))["user"] == AnonymousUser()


async def test_disabled_account_is_anonymous_at_once(amals_cookie, amal):
    amal.is_active = False
    await amal.asave()
    assert (await scope_with(amals_cookie))["user"] == AnonymousUser()


async def test_changed_password_ends_the_sockets_sign_in(amals_cookie, amal):
    amal.set_password("another one entirely")
    await amal.asave()
    assert (await scope_with(amals_cookie))["user"] == AnonymousUser()
