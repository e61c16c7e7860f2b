"""A proxy that the settings do not know is told, loudly and not too often."""

import json
import logging
import shutil

import pytest

from supportcenter.forwarded import TOLD_EVERY, Watch, last_seen
from supportcenter.serving.proxies import TrustedProxies
from tests.site_process import wait_until
from tests.stage.process import StageProcess


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_it_is_told_once_an_hour(caplog):
    watch = Watch()
    for now in (0, 1, TOLD_EVERY - 1):
        watch.note("10.0.0.9", now=now)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "TRUSTED_PROXIES=1" in caplog.text
    watch.note("10.0.0.9", now=TOLD_EVERY)
    assert len(caplog.records) == 2


@pytest.mark.parametrize(
    ("peer", "is_near"), [("127.0.0.1", True), ("10.0.0.9", True), ("fd00::1", True), ("8.8.8.8", False)]
)
def test_proxy_is_told_from_a_stranger(peer, is_near):
    Watch().note(peer, now=0)
    assert (last_seen().peer, last_seen().is_from_nearby) == (peer, is_near)


def test_stranger_first_does_not_hide_the_proxy():
    watch = Watch()
    watch.note("8.8.8.8", now=0)
    watch.note("10.0.0.9", now=1)
    assert last_seen().peer == "10.0.0.9"


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"peer": "10.0.0.9", "at": 0}'])
def test_nothing_was_seen(folder, content):
    if content is not None:
        (folder / "forwarded.json").write_text(content)
    assert last_seen() is None


def test_folder_that_cannot_be_written_is_no_error(settings, caplog):
    settings.DATA_DIR = "/proc/nowhere"
    Watch().note("10.0.0.9", now=0)
    assert "TRUSTED_PROXIES" in caplog.text


@pytest.mark.parametrize(("count", "header", "told"), [(0, True, 1), (0, False, 0), (1, True, 0)])
@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_both_doors_look(count, header, told, kind, caplog):
    async def application(scope, receive, send):
        pass

    headers = [(b"x-forwarded-for", b"198.51.100.7")] if header else []
    await TrustedProxies(application, count)({"type": kind, "headers": headers, "client": ["10.0.0.9", 1]}, None, None)
    assert len(caplog.records) == told


@pytest.mark.process
def test_site_behind_a_proxy_says_so(prepared_folder, tmp_path):
    with StageProcess(shutil.copytree(prepared_folder, tmp_path / "site")) as site:
        site.get("/echo/", {"X-Forwarded-For": "198.51.100.7"})
        wait_until(lambda: "TRUSTED_PROXIES is 0" in site.output)
        assert json.loads((site.data_dir / "forwarded.json").read_text())["peer"] == "127.0.0.1"
