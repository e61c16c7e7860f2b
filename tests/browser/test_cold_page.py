"""A page in a browser that has never been here: few requests, each short, and none of them twice."""

import re

import pytest

MOST_REQUESTS = 12
SCRIPT = re.compile(r"/js/pages/(dashboard|remote_support)\.[0-9a-f]{12}\.js$")


class Requests:
    """What a page asks of the site until its socket is attached, and what of it comes over the line.

    Without regions: they are asked for when an event is heard, and that this page is back is one.
    """

    def __init__(self, page):
        self.urls, self.answers, self.kept = {}, {}, set()
        self._is_attached = False
        self._line = page.context.new_cdp_session(page)
        self._line.on("Network.requestWillBeSent", self._on_request)
        self._line.on("Network.responseReceived", self._on_answer)
        self._line.on("Network.requestServedFromCache", lambda event: self.kept.add(event["requestId"]))
        self._line.on("Network.webSocketHandshakeResponseReceived", self._on_socket)
        self._line.send("Network.enable")

    def forget_all(self):
        self._line.send("Network.clearBrowserCache")

    @property
    def on_the_line(self):
        return {url for number, url in self.urls.items() if number not in self.kept and "/regions/" not in url}

    def encodings(self, kind):
        return {answer["headers"].get("content-encoding") for answer in self.answers.values() if answer["type"] == kind}

    def _on_request(self, event):
        if event.get("type") == "Document":
            # What the page before it has asked for is not this one's.
            self.urls, self._is_attached = {}, False
        if event["request"]["url"].startswith("http") and not self._is_attached:
            self.urls[event["requestId"]] = event["request"]["url"]

    def _on_socket(self, event):
        self._is_attached = True

    def _on_answer(self, event):
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        self.answers[event["requestId"]] = {"type": event["type"], "headers": headers}
        if event["response"].get("fromDiskCache"):
            self.kept.add(event["requestId"])


@pytest.fixture
def sides(bilal, customers):
    desk = bilal.start()
    carol = customers.join(desk.number)
    for side in (desk, carol):
        side.is_live()
    return desk, carol


def loaded_again(side, *, cold):
    requests = Requests(side.page)
    if cold:
        requests.forget_all()
    side.reload()
    side.page.wait_for_load_state("networkidle")
    return requests


def test_a_cold_page_is_a_dozen_requests_and_works(sides):
    desk, carol = sides
    for side in sides:
        requests = loaded_again(side, cold=True)
        assert 1 < len(requests.on_the_line) <= MOST_REQUESTS, sorted(requests.on_the_line)
        assert [requests.encodings(kind) for kind in ("Document", "Script")] == [{"gzip"}, {"br"}]
    desk.say("Is it there?")
    carol.hears("Is it there?")
    carol.say("At once")
    desk.hears("At once")


def test_a_page_seen_before_asks_for_what_may_have_changed(sides):
    for side in sides:
        loaded_again(side, cold=False)
        requests = loaded_again(side, cold=False)
        assert [url for url in requests.urls.values() if SCRIPT.search(url)] != []
        assert [url for url in requests.on_the_line if "/static/" in url] == []


def test_source_maps_lead_a_developer_to_the_modules(sides):
    for side in sides:
        requests = loaded_again(side, cold=True)
        (script,) = (url for url in requests.urls.values() if SCRIPT.search(url))
        text = side.page.request.get(script).text()
        found = side.page.request.get(re.sub(r"[^/]+$", re.search(r"sourceMappingURL=(.*)", text)[1], script))
        assert found.ok
        sources = dict(zip(found.json()["sources"], found.json()["sourcesContent"], strict=True))
        assert "export class Room" in sources["../room/room.js"]
