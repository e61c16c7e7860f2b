"""One customer opens as many sockets as they like and says as much as they can, to the site as it runs in life."""

import asyncio
import json
import shutil
from contextlib import suppress
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.site_process import SiteProcess

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]

SOCKETS, FRAMES, LINES = 300, 400, 20
TOKEN = "x" * 32
# In the site's own shell: a session of Amal's, Carol's seat in it, and what the cookies of both are.
SCENE = """
import json
from django.test import Client
from sessions_app.actions.lifecycle.join import join_session
from sessions_app.rules.seats import seat_cookie
from supportcenter.live.log.eventlog import position
from tests.factories import make_person, make_session

amal = make_person("amal")
session = make_session(amal)
carol, seat = join_session(session, name="Carol")
browser = Client()
browser.force_login(amal)
signed_in = "sessionid=" + browser.cookies["sessionid"].value
cookies = {"desk": signed_in, "seat": seat_cookie(session.key) + "=" + seat}
print("scene" + json.dumps({"key": session.key, "position": position(session.stream), **cookies}))
"""


class Site(SiteProcess):
    def scene(self):
        command = self.manage("shell", "-c", SCENE)
        said, _ = command.communicate()
        [line] = [line for line in said.splitlines() if line.startswith("scene")]
        return json.loads(line.removeprefix("scene"))


@pytest.fixture
def site(prepared_folder, tmp_path):
    with Site(shutil.copytree(prepared_folder, tmp_path / "site")) as site:
        yield site


def socket(site, path, cookie):
    return connect(
        f"ws{site.url[4:]}{path}",
        origin=site.url,
        additional_headers={"Cookie": cookie},
        open_timeout=60,
        close_timeout=5,
    )


async def follow(page, after, name):
    await page.send(json.dumps({"frame": "follow", "after": after, "page": name, "secret": name}))


async def flood(site, scene, number):
    """Another socket with Carol's seat, half of them of one page; which code ended it."""
    try:
        async with socket(site, f"/ws/support/{scene['key']}/", scene["seat"]) as page:
            await follow(page, scene["position"], "page" if number % 2 else f"page-{number}")
            for _ in range(FRAMES):
                await page.send(json.dumps({"frame": "signal", "type": "typing", "to": None, "data": True}))
            async for _ in page:
                pass
    except ConnectionClosed as closed:
        return closed.rcvd and closed.rcvd.code
    except (OSError, InvalidHandshake, TimeoutError):
        return None
    return page.close_code


async def hear(site, scene, is_there):
    """The representative's page: the chat until its last line. It may not be closed."""
    lines = []
    async with socket(site, f"/ws/sessions/{scene['key']}/", scene["desk"]) as page:
        await follow(page, scene["position"], "desk")
        async for text in page:
            frame = json.loads(text)
            if frame["frame"] == "following":
                is_there.set()
            if frame.get("type") == "chat.said":
                lines.append(frame["data"]["text"])
            if len(lines) == LINES:
                return lines
    return lines


def say(site, scene, text):
    body = urlencode({"text": text, "client_id": text}).encode()
    headers = {"Cookie": f"{scene['desk']}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Origin": site.url}
    with urlopen(Request(f"{site.url}/sessions/{scene['key']}/messages/", body, headers), timeout=120) as answer:
        assert answer.status < 300


async def chat_through_a_flood(site, scene):
    is_there = asyncio.Event()
    heard = asyncio.create_task(hear(site, scene, is_there))
    await is_there.wait()
    floods = [asyncio.create_task(flood(site, scene, number)) for number in range(SOCKETS)]
    for number in range(LINES):
        await asyncio.to_thread(say, site, scene, f"line {number}")
    lines = await heard
    # None of them goes on for ever but one, whose flood is over.
    done, left = await asyncio.wait(floods, timeout=200)
    for task in left:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return lines, [task.result() for task in done], len(left)


def test_honest_pages_hear_everything_while_one_seat_floods(site):
    scene = site.scene()

    lines, codes, left = asyncio.run(chat_through_a_flood(site, scene))

    assert lines == [f"line {number}" for number in range(LINES)]
    assert left <= 1
    assert set(codes) <= {4409, 4429, None}
    # The site is there for others, and has told its administrator.
    with urlopen(f"{site.url}/accounts/login/") as answer:
        assert answer.status == 200
    assert "sockets_refused" in site.output
