"""Static files in front of the application, spoken to as any ASGI server would."""

import gzip
import json

import pytest
from asgiref.testing import ApplicationCommunicator

from supportcenter.serving.static import Contents, StaticFiles
from tests.supportcenter.serving.test_http import request

TEXT, SQUEEZED, SHORTEST = b"let a = 1;\n" * 100, gzip.compress(b"let a = 1;\n" * 100, mtime=0), b"brotli, in a word"


@pytest.fixture
def static(settings, tmp_path):
    """A script as collectstatic leaves it, in front of an application that has none."""
    settings.STATIC_ROOT = tmp_path
    for name, content in {"a.js": TEXT, "a.js.gz": SQUEEZED, "a.js.br": SHORTEST}.items():
        (tmp_path / name).write_bytes(content)
    return StaticFiles(nothing)


async def nothing(scope, receive, send):
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"nothing"})


async def ask(application, path="/static/a.js", *, method="GET", **headers):
    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    page = ApplicationCommunicator(application, request(path, method=method, headers=asked))
    start, body = await page.receive_output(), await page.receive_output()
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [("gzip, deflate, br", "br", SHORTEST), ("gzip", "gzip", SQUEEZED), ("", None, TEXT)],
)
async def test_a_browser_gets_the_shortest_that_it_takes(static, accepted, encoding, content):
    status, headers, body = await ask(static, accept_encoding=accepted)
    assert (status, body) == (200, content)
    assert (headers.get("content-encoding"), headers["content-length"]) == (encoding, str(len(content)))
    assert headers["vary"] == "Accept-Encoding"


async def test_a_file_is_read_once(static, settings):
    before = await ask(static)
    (settings.STATIC_ROOT / "a.js").unlink()
    assert await ask(static) == before


async def test_what_a_browser_has_is_not_sent_again(static):
    _, headers, _ = await ask(static)
    status, _, body = await ask(static, if_none_match=headers["etag"])
    assert (status, body) == (304, b"")


async def test_a_part_and_the_head_alone(static):
    status, headers, body = await ask(static, range="bytes=4-8")
    assert (status, headers["content-range"], body) == (206, f"bytes 4-8/{len(TEXT)}", TEXT[4:9])
    status, headers, body = await ask(static, method="HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(TEXT)), b"")


async def test_files_cannot_be_changed(static):
    assert (await ask(static, method="POST"))[0] == 405


@pytest.mark.parametrize("path", ["/static/b.js", "/static/../a.js", "/static/a.js.br", "/a.js", "/"])
async def test_everything_else_is_asked_of_the_application(static, path):
    assert await ask(static, path) == (404, {}, b"nothing")


async def test_a_hashed_name_is_kept_for_ever_and_another_is_not(static, settings, monkeypatch):
    manifest = {"version": "1.1", "hash": "", "paths": {"a.js": "a.0123456789ab.js"}}
    (settings.STATIC_ROOT / "staticfiles.json").write_text(json.dumps(manifest))
    (settings.STATIC_ROOT / "a.0123456789ab.js").write_bytes(TEXT)
    backend = "supportcenter.static_files.ModuleManifestStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    application = StaticFiles(nothing)
    kept = {
        path: (await ask(application, path))[1]["cache-control"]
        for path in ("/static/a.0123456789ab.js", "/static/a.js")
    }
    assert ["immutable" in each for each in kept.values()] == [True, False]


async def test_a_developers_file_is_found_where_it_was_written(settings, static):
    settings.DEBUG = True
    status, _, body = await ask(StaticFiles(nothing), "/static/js/pages/record.js")
    assert status == 200
    assert b"./site.js" in body


async def test_memory_has_an_end(tmp_path):
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_bytes(b"1234")
    contents = Contents(most=8)
    for path in paths:
        await contents.of(str(path))
    for path in paths:
        path.write_bytes(b"changed!")

    assert [await contents.of(str(path)) for path in reversed(paths)] == [b"1234", b"1234", b"changed!"]
