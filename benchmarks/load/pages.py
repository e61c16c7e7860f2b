"""Browsers that ask for pages over connections they keep (HTTP/1.1), each the next when it has the last."""

import re
import select
import socket
import time

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
PATIENCE = 60
# Any 32 letters are a CSRF secret, if cookie and header agree.
CSRF = "c" * 32


def get(path, cookie=""):
    return _request("GET", path, cookie)


def post(path, form, cookie=""):
    head = "Content-Type: application/x-www-form-urlencoded\r\nX-Requested-With: fetch\r\n"
    return _request("POST", path, f"csrftoken={CSRF}; {cookie}", f"{head}X-CSRFToken: {CSRF}\r\n", form)


def _request(method, path, cookie, more="", body=""):
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n{more}Content-Length: {len(body)}"
    return f"{head}\r\n\r\n{body}".encode()


class Browser:
    def __init__(self, port):
        self.port, self.body = port, b""
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = b""

    def ask(self, request):
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def read(self):
        """The status once the answer is whole, or None; then `body` is what it says."""
        data = self.socket.recv(262144)
        self._got += data
        head, _, body = self._got.partition(b"\r\n\r\n")
        if not data:
            raise ConnectionError("closed in the middle of an answer")
        length = LENGTH.search(head)
        if not length or len(body) < int(length[1]):
            return None
        self._got, self.body = b"", body
        return int(head[9:12])

    def fetch(self, request):
        self.ask(request)
        while (status := self.read()) is None:
            pass
        return status


def keep_asking(port, request, *, seconds, browsers):
    """Statuses and waits of all answers that came within the time."""
    epoll, by_number = select.epoll(), {}
    for browser in (Browser(port) for _ in range(browsers)):
        by_number[browser.socket.fileno()] = browser
        epoll.register(browser.socket, select.EPOLLIN)
        browser.ask(request)
    answers, until = [], time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        for number, _ in epoll.poll(left):
            browser = by_number[number]
            status = browser.read()
            if status is not None:
                answers.append((status, time.perf_counter() - browser.asked_at))
                browser.ask(request)
    for browser in by_number.values():
        browser.socket.close()
    return answers


def all_at_once(port, requests):
    """One request a browser, all sent before any answer is read; the statuses, and the seconds until the last."""
    browsers = [Browser(port) for _ in requests]
    began = time.perf_counter()
    for browser, request in zip(browsers, requests, strict=True):
        browser.ask(request)
    statuses = []
    for browser in browsers:
        while (status := browser.read()) is None:
            pass
        statuses.append(status)
        browser.socket.close()
    return statuses, time.perf_counter() - began
