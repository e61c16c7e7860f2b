"""Forms in other charsets and numbers of thousands of digits, again and again, while ten honest sessions go on."""

from itertools import product

import pytest

from tests.hostile.attack import Attack
from tests.hostile.wire import FORM, TOKEN, ask, form, request

pytestmark = pytest.mark.process

LINES = 10
BUSY = 503
DIGITS = "9" * 5000
CHARSETS = ["utf-16", "utf-7", "no-such"]
BODIES = ["name=كارول".encode("utf-16"), b"name=+AGEA", b"name=%FF&number=%ED%A0%80"]
HEADERS = [{"Range": f"bytes={DIGITS}-"}, {"X-Block-Offset": DIGITS}, {"Accept-Language": "en," * 1000}]


def in_other_charsets():
    for path, charset, body in product(["/join/", "/accounts/login/"], CHARSETS, BODIES):
        headers = {"Content-Type": f"{FORM}; charset={charset}", "X-CSRFToken": TOKEN}
        yield request("POST", path, cookie=f"csrftoken={TOKEN}", body=body, headers=headers)


def with_long_numbers(session):
    who = {"cookie": session["desk"]}
    base = f"/sessions/{session['key']}/"
    for path, name in product([base, f"{base}record/", f"{base}room/", "/reports/"], ["before", "page", "since"]):
        yield request("GET", f"{path}?{name}={DIGITS}", **who)
    for path in (f"{base}files/{DIGITS}/", f"/join/?number={DIGITS}"):
        yield request("GET", path, **who)
    for headers in HEADERS:
        yield request("GET", f"{base}record/", headers=headers, **who)
    for field in ("customer", "status"):
        yield form(f"{base}requests/", {field: f"away-{DIGITS}"}, **who)


class BadBytes(Attack):
    work = 120

    def __init__(self, site, requests):
        super().__init__(site)
        self._requests = list(requests)

    async def once(self, number):
        prepared = self._requests[number % len(self._requests)]
        answer = await ask(self.port, prepared)
        self.seen[answer.status] += 1
        # A site that has too much to do may say so, of any request.
        assert answer.status < 500 or answer.status == BUSY, prepared[:200]


async def test_unexpected_bytes_are_the_senders_fault(site, scene, guests):
    requests = [*in_other_charsets(), *with_long_numbers(scene.sessions[0])]
    async with BadBytes(site, requests) as attack:
        await guests.talk(LINES)
    assert set(attack.seen) <= {200, 302, 400, 403, 404, 409, 422, 429, BUSY}
    assert attack.seen[400] > 0
    for prepared in requests:
        answer = await ask(site.port, prepared)
        assert answer.status < 500, prepared[:200]
