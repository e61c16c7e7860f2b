"""Who may follow what: every socket of the site, asked by everybody, answers as declared here.

A socket that is not in the table fails the test: anyone who adds one says here who may use it.
"""

import re

import pytest

from supportcenter.asgi import websocket
from supportcenter.routing import websocket_router
from tests.everybody import VIEWERS, table
from tests.realtime import Page

pytestmark = pytest.mark.django_db(transaction=True)

# The close code each gets, or None: the socket follows. That of the check answers anybody's ping, and follows nothing.
SOCKETS = """
                   nobody carol mallory eve  bilal amal faris gone dana
ws/check/          4400   4400  4400    4400 4400  4400 4400  4400 4400
ws/monitoring/     4401   4401  4401    4403 4403  4403 4403  4403 None
ws/person/         4401   4401  4401    4403 None  None None  None 4403
ws/sessions/<key>/ 4401   4401  4401    4404 None  None 4404  4410 4404
ws/support/<key>/  4401   None  4401    4401 4401  4401 4401  4401 4401
ws/webacd/inbox/   4401   4401  4401    4403 None  None 4403  4403 4403
ws/webacd/monitor/ 4401   4401  4401    4403 4403  4403 4403  4403 None
ws/waiting/<key>/  4401   None  4401    4401 4401  4401 4401  4401 4401
"""


def test_every_socket_is_declared():
    patterns = [str(each.pattern).strip("^$") for each in websocket_router().routes]
    exist = [re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern) for pattern in patterns]
    assert exist == [row[0] for row in table(SOCKETS)] + [""]


async def test_every_socket_answers_everybody_as_declared(everybody):
    answered = []
    for path, *_codes in table(SOCKETS):
        place = everybody.in_line if path == "ws/waiting/<key>/" else everybody.session
        address = "/" + path.replace("<key>", place.key)
        codes = [await close_code(address, everybody.browser(viewer)) for viewer in VIEWERS]
        answered.append([path, *map(str, codes)])
    assert answered == table(SOCKETS)


async def test_foreign_pages_get_no_socket_with_our_cookies(everybody):
    for path, viewer in (("ws/sessions/", "amal"), ("ws/support/", "carol")):
        address = f"/{path}{everybody.session.key}/"
        assert await close_code(address, everybody.browser(viewer)) is None
        assert await close_code(address, everybody.browser(viewer), origin="https://evil.example") == 4403
        assert await close_code(address, everybody.browser(viewer), origin=None) == 4403


async def test_a_path_that_leads_nowhere_says_so(everybody):
    assert await close_code("/ws/nowhere/", everybody.browser("amal")) == 4404


async def close_code(path, client, **origin):
    """With which code the socket is closed, or None if it follows."""
    page = Page(websocket, path, client=client, **origin)
    await page.open()
    await page.send(frame="follow", after=0, page="page", secret="tab")
    try:
        return await first_close(page)
    finally:
        await page.leave()


async def first_close(page):
    while True:
        message = await page._socket.receive_output(timeout=5)
        if message["type"] == "websocket.close":
            return message["code"]
        if '"following"' in message["text"]:
            return None
