"""The pool behind HTTP, spoken to as any ASGI server would."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished
from django.db import connection, connections

from supportcenter.right_of_way import right_of_way
from supportcenter.serving.http import MOST_OF_AN_ADDRESS, PooledHandler
from tests.stage import signs

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = 1000


@pytest.fixture
def handler(settings, tmp_path):
    """A pool of two threads before the stage's pages."""
    settings.DATA_DIR = tmp_path
    settings.ROOT_URLCONF = "tests.stage.urls"
    handler = PooledHandler(threads=2, body_limit=LIMIT)
    yield handler
    close_connections_of(handler.lane.pool)
    close_connections_of(handler.heavy_lane.pool)


def close_connections_of(pool):
    """A test database in use cannot be dropped. Each thread takes one call, since none ends before all have begun."""
    all_have_begun = Barrier(threads_of(pool), timeout=10)

    def close():
        all_have_begun.wait()
        connections.close_all()

    for done in [pool.submit(close) for _ in range(threads_of(pool))]:
        done.result()
    pool.shutdown()


def threads_of(pool):
    return pool._max_workers


def request(path, *, method="GET", query=b"", headers=(), client=("192.0.2.1", 5000)):
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "query_string": query,
        "scheme": "http",
        "root_path": "",
        "headers": [(b"host", b"localhost"), *headers],
        "client": client,
        "server": ("localhost", 80),
    }


async def ask(handler, scope, *bodies):
    """Send a whole request and return status, headers and body of the answer."""
    page = ApplicationCommunicator(handler, scope)
    bodies = bodies or (b"",)
    for number, body in enumerate(bodies, start=1):
        await page.send_input({"type": "http.request", "body": body, "more_body": number < len(bodies)})
    start = await page.receive_output(10)
    parts = [await page.receive_output(10)]
    while parts[-1].get("more_body"):
        parts.append(await page.receive_output(10))
    await page.wait(10)
    return start["status"], dict(start["headers"]), b"".join(part.get("body", b"") for part in parts)


async def echo(handler, **more):
    status, _, body = await ask(handler, request("/echo/", **more))
    assert status == 200
    return json.loads(body)


async def test_header_with_underscores_is_no_other_header(handler):
    honest = await echo(handler, headers=[(b"x-forwarded-for", b"198.51.100.7")])
    assert honest["headers"]["X-Forwarded-For"] == "198.51.100.7"
    spoofed = await echo(handler, headers=[(b"x_forwarded_for", b"198.51.100.7")])
    assert "X-Forwarded-For" not in spoofed["headers"]


async def test_cookies_in_several_headers_are_all_read(handler):
    told = await echo(handler, headers=[(b"cookie", b"first=1"), (b"cookie", b"second=2")])
    assert told["cookies"] == {"first": "1", "second": "2"}


async def test_address_is_the_peers(handler):
    assert (await echo(handler))["address"] == "192.0.2.1"


async def test_end_of_a_request_is_told_with_its_sender(handler):
    senders = []
    request_finished.connect(hear := lambda sender, **_: senders.append(sender))
    try:
        await echo(handler)
    finally:
        request_finished.disconnect(hear)
    assert senders == [PooledHandler]


async def test_query_that_is_no_text_is_a_bad_request(handler):
    status, _, _ = await ask(handler, request("/echo/", query=b"a=\xff"))
    assert status == 400


async def test_body_in_pieces_arrives_whole(handler):
    status, _, body = await ask(handler, request("/echo/", method="POST"), b"to", b"geth", b"er")
    whole = await ask(handler, request("/echo/", method="POST"), b"together")
    assert status == 200
    assert json.loads(body)["body"] == json.loads(whole[2])["body"]


async def test_body_over_the_limit_is_refused_before_a_view_sees_it(handler):
    accepted, _, _ = await ask(handler, request("/echo/", method="POST"), b"x" * LIMIT)
    refused, _, _ = await ask(handler, request("/echo/", method="POST"), b"x" * LIMIT, b"x")
    assert (accepted, refused) == (200, 413)


async def test_announced_body_over_the_limit_is_refused_without_reading_it(handler):
    page = ApplicationCommunicator(handler, request("/form/", method="POST", headers=[(b"content-length", b"1001")]))
    assert (await page.receive_output(10))["status"] == 413


async def test_heavy_reading_keeps_no_thread_from_others(handler):
    """As many people read as there are threads, a third and a second page of the first wait; who joins does not."""
    threads = threads_of(handler.heavy_lane.pool)
    assert threads == (1 if connection.vendor == "sqlite" else 2)
    reader = {name: [(b"cookie", f"sessionid={name}".encode())] for name in ("amal", "bilal", "dana")}
    readers = [
        asyncio.ensure_future(ask(handler, request("/reading/", headers=reader[name])))
        for name in ("amal", "amal", "bilal", "dana")
    ]
    await until_signed("reading", threads)
    assert (await echo(handler))["thread"].startswith("http")
    assert signs.count("reading") == threads
    signs.write("read on")
    assert [(await answer)[2] for answer in readers] == [b"read"] * 4


async def test_short_request_has_the_right_of_way_until_it_is_answered(handler):
    reading = asyncio.ensure_future(ask(handler, request("/reading/", headers=[(b"cookie", b"sessionid=amal")])))
    await until_signed("reading", 1)
    assert right_of_way._first == 0
    short = asyncio.ensure_future(ask(handler, request("/held/")))
    await until_signed("held", 1)
    assert right_of_way._first == 1
    signs.write("let go")
    await short
    assert right_of_way._first == 0
    signs.write("read on")
    await reading


async def test_each_piece_of_a_table_waits_for_its_turn(handler):
    headers = [(b"cookie", b"sessionid=amal")]
    page = ApplicationCommunicator(handler, request("/table/", headers=headers))
    await page.send_input({"type": "http.request", "body": b""})
    assert (await page.receive_output(10))["status"] == 200
    await until_signed("row 0 begun", 1)
    held = asyncio.ensure_future(ask(handler, request("/reading/", headers=headers)))
    assert await page.receive_nothing()
    assert signs.count("reading") == 0
    signs.write("row 0")
    assert (await page.receive_output(10))["body"] == b"row 0\n"
    await until_signed("reading", 1)
    assert signs.count("row 1 begun") == 0
    signs.write("read on")
    signs.write("row 1")
    assert (await page.receive_output(10))["body"] == b"row 1\n"
    assert (await held)[2] == b"read"
    await page.receive_output(10)
    await page.wait(10)


async def test_reader_who_opens_too_many_pages_hears_that_the_site_is_busy(handler):
    headers = [(b"cookie", b"sessionid=amal"), (b"x-requested-with", b"fetch")]
    held = [asyncio.ensure_future(ask(handler, request("/reading/", headers=headers))) for _ in range(9)]
    await until_signed("reading", 1)
    status, told, body = await ask(handler, request("/reading/", headers=headers))
    assert (status, told[b"Retry-After"], json.loads(body)["error"]["code"]) == (503, b"5", "busy")
    assert (await echo(handler))["thread"].startswith("http")
    signs.write("read on")
    assert [(await answer)[0] for answer in held] == [200] * 9


async def test_line_before_the_threads_has_an_end_for_each_address(handler):
    held = [asyncio.ensure_future(ask(handler, request("/held/"))) for _ in range(4 + MOST_OF_AN_ADDRESS)]
    await until_signed("held", 2)
    status, _, _ = await ask(handler, request("/held/"))
    elsewhere = asyncio.ensure_future(ask(handler, request("/held/", client=("198.51.100.1", 1))))
    signs.write("let go")
    assert status == 503
    assert [answer[0] for answer in await asyncio.gather(*held, elsewhere)] == [200] * (5 + MOST_OF_AN_ADDRESS)


async def test_connections_stay_with_the_threads_of_the_pool(handler):
    told = [await echo(handler) for _ in range(3)]
    told += await asyncio.gather(*(echo(handler) for _ in range(12)))
    places = {(answer["thread"], answer["connection"]) for answer in told}
    assert len(places) == len({thread for thread, _ in places}) <= 2


async def test_requests_wait_for_a_thread_and_are_all_answered(handler):
    held = [asyncio.ensure_future(ask(handler, request("/held/"))) for _ in range(3)]
    await until_signed("held", 2)
    signs.write("let go")
    assert [(await answer)[2] for answer in held] == [b"at last"] * 3


async def test_request_whose_client_left_the_queue_is_not_begun(handler):
    first = [asyncio.ensure_future(ask(handler, request("/held/"))) for _ in range(2)]
    await until_signed("held", 2)
    third = ApplicationCommunicator(handler, request("/held/"))
    await third.send_input({"type": "http.request", "body": b""})
    await third.send_input({"type": "http.disconnect"})
    await third.wait(10)
    signs.write("let go")
    await asyncio.gather(*first)
    assert signs.count("held") == 2


async def test_client_who_leaves_during_the_upload_reaches_no_view(handler):
    page = ApplicationCommunicator(handler, request("/held/", method="POST"))
    await page.send_input({"type": "http.request", "body": b"half", "more_body": True})
    await page.send_input({"type": "http.disconnect"})
    await page.wait(10)
    assert signs.count("held") == 0


async def test_stream_is_sent_piece_by_piece_from_one_thread_outside_the_pool(handler):
    page = ApplicationCommunicator(handler, request("/unhurried/"))
    await page.send_input({"type": "http.request", "body": b""})
    await page.receive_output(10)
    pieces = []
    for number in range(3):
        assert await page.receive_nothing()
        signs.write(f"piece {number}")
        pieces.append((await page.receive_output(10))["body"])
    await page.receive_output(10)
    await page.wait(10)
    assert len(set(pieces)) == 1
    assert pieces[0].startswith(b"stream")


async def test_stream_ends_when_its_client_has_gone(handler):
    page = ApplicationCommunicator(handler, request("/unhurried/"))
    await page.send_input({"type": "http.request", "body": b""})
    signs.write("piece 0")
    await page.receive_output(10)
    await page.receive_output(10)
    await page.send_input({"type": "http.disconnect"})
    signs.write("piece 1")
    await page.wait(10)
    assert signs.count("piece 2") == 0


async def test_small_file_goes_out_in_one_piece(handler, settings, tmp_path):
    (tmp_path / "note.txt").write_bytes(b"n" * 9000)
    _, headers, body = await ask(handler, request("/file/", query=b"name=note.txt"))
    assert (headers[b"Content-Length"], len(body)) == (b"9000", 9000)


async def until_signed(sign, times):
    """Wait, off the loop, until so many views have left their sign."""
    with ThreadPoolExecutor(1) as aside:
        await asyncio.get_running_loop().run_in_executor(aside, signs.wait_for, sign, times)
