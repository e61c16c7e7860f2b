"""A browser without scripts: cookies, forms with their token, and the few presses that these tests need."""

import json
import re
from http.cookiejar import CookieJar
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from websockets.sync.client import connect

PATIENCE = 60


class Answer(NamedTuple):
    status: int
    url: str
    text: str

    @property
    def json(self):
        return json.loads(self.text)


class PlainBrowser:
    def __init__(self, site, language="en"):
        self.site, self.language = site, language
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path):
        return self._ask(Request(self.site.url + path))

    def post(self, path, *, by_script=False, **fields):
        """As a form does or, `by_script`, as the pages' scripts do, which read JSON."""
        request = Request(self.site.url + path, data=urlencode(fields).encode())
        request.add_header("X-CSRFToken", self._cookie("csrftoken"))
        if by_script:
            request.add_header("X-Requested-With", "fetch")
        return self._ask(request)

    def sign_in(self, username, password):
        self.get("/accounts/login/")
        return self.post("/accounts/login/", login=username, password=password)

    def start(self):
        """Start a session and return its key and its number."""
        self.get("/sessions/start/")
        key = self.post("/sessions/start/", by_script=True).json["session"]
        page = self.get(f"/sessions/{key}/").text
        return key, re.search(r"data-session-number>([\d\s]+)<", page)[1]

    def join(self, number, name):
        self.get("/join/")
        return self.post("/join/", number=number, name=name)

    def say(self, path, text, client_id):
        return self.post(f"{path}messages/", by_script=True, text=text, client_id=client_id)

    def socket(self, path):
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
        headers = {"Cookie": cookies, "Origin": self.site.url}
        return connect(f"ws{self.site.url[4:]}{path}", additional_headers=headers)

    def _ask(self, request):
        request.add_header("Accept-Language", self.language)
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.url, error.read().decode())

    def _cookie(self, name):
        return next((cookie.value for cookie in self.cookies if cookie.name == name), "")
