"""A chat that goes on in fifteen sessions, beside whatever else the site does meanwhile."""

import time
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.load.dialects import Product
from benchmarks.load.pace import at_a_pace
from benchmarks.load.pages import Browser, post
from benchmarks.load.wire import Wire

# In so many sessions, as many lines a second in all: nobody writes faster than people may.
SESSIONS, LINES = 15, 10


class Talk:
    """Sessions in which each side says something in turn: a POST, and then it is on the other side's page."""

    def __init__(self, port, all_scenes):
        self.browser = Browser(port)
        ways = [_both_ways(port, scene) for scene in all_scenes]
        self.turns = [way[side] for side in (0, 1) for way in ways]
        self.said = 0

    def wait(self, seconds):
        return at_a_pace(self._say, seconds=seconds, rate=LINES)

    def _say(self):
        path, cookie, other_side = self.turns[self.said % len(self.turns)]
        self.said += 1
        text = uuid4().hex
        self.browser.ask(post(path, urlencode({"text": text, "client_id": text}), cookie))
        other_side.wait_for(text.encode())
        seen_at = time.perf_counter()
        while (status := self.browser.read()) is None:
            pass
        assert status == 200, status
        return seen_at


def _both_ways(port, scene):
    """Where a line is posted, with whose cookie, and the socket of the page that is to have it."""
    staff, customers = f"sessions/{scene['key']}/", f"support/{scene['key']}/"
    csr, customer = scene["csr"], scene["seats"][0]
    desk, page = (_open(port, f"/ws/{path}", cookie, scene) for path, cookie in ((staff, csr), (customers, customer)))
    return (f"/{staff}messages/", csr, page), (f"/{customers}messages/", customer, desk)


def _open(port, path, cookie, scene):
    wire = Wire(port, path, cookie=cookie)
    wire.send(Product().text(frame="follow", after=scene["position"], page=uuid4().hex, secret="tab"))
    wire.wait_for(b'"following"')
    return wire
