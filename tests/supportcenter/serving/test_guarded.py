"""What every answer says to browsers, also those that Django does not give."""

import pytest
from asgiref.testing import ApplicationCommunicator

from supportcenter.serving.guarded import Guarded
from tests.supportcenter.serving.test_http import request

ALWAYS = {
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"),
}
FOR_A_YEAR = ("strict-transport-security", "max-age=31536000")


@pytest.fixture(autouse=True)
def behind_a_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000


async def answer(*headers, proto=None, scheme="http"):
    """The headers of an answer that came with these, each as often as it stands there."""

    async def application(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b""})

    scope = {**request("/", headers=[(b"x-forwarded-proto", proto)] if proto else []), "scheme": scheme}
    page = ApplicationCommunicator(Guarded(application), scope)
    start = await page.receive_output()
    return sorted((name.decode().lower(), value.decode()) for name, value in start["headers"])


async def test_answer_without_rules_gets_those_of_the_site():
    assert await answer((b"content-type", b"text/css")) == sorted({("content-type", "text/css"), *ALWAYS})


async def test_rules_that_are_there_stay_as_they_are():
    policy = "default-src 'self'; frame-ancestors 'self'"
    own = [(b"X-Content-Type-Options", b"nosniff"), (b"Content-Security-Policy", policy.encode())]
    assert await answer(*own) == [("content-security-policy", policy), ("x-content-type-options", "nosniff")]


async def test_policy_that_says_nothing_of_frames_gets_another_beside_it():
    sandbox = ("content-security-policy", "default-src 'none'; sandbox")
    assert await answer((b"Content-Security-Policy", sandbox[1].encode())) == sorted({sandbox, *ALWAYS})


@pytest.mark.parametrize("proto", [b"https", b"https, http"])
async def test_who_came_by_tls_is_told_to_stay_with_it(proto):
    assert await answer(proto=proto) == sorted({FOR_A_YEAR, *ALWAYS})


@pytest.mark.parametrize("proto", [b"http", b"http, https", None])
async def test_others_are_not(proto):
    assert await answer(proto=proto) == sorted(ALWAYS)


async def test_word_of_a_stranger_counts_nothing_without_a_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    assert await answer(proto=b"https") == sorted(ALWAYS)
    assert await answer(scheme="https") == sorted({FOR_A_YEAR, *ALWAYS})


async def test_it_is_not_said_twice():
    assert await answer((b"Strict-Transport-Security", b"max-age=60"), proto=b"https") == sorted(
        {("strict-transport-security", "max-age=60"), *ALWAYS}
    )
