"""The site on a disk without a byte left: it says so, keeps what it has, and goes on by itself when there is room."""

import json
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from functools import partial

import pytest
from websockets.exceptions import ConnectionClosed

from tests.full_disk.plain_browser import PlainBrowser
from tests.full_disk.small_disk import small_disk
from tests.site_process import SiteProcess, wait_until

pytestmark = pytest.mark.process
PASSWORD = "correct horse battery"
MEBIBYTES = 96


@pytest.fixture(scope="module")
def disk(prepared_folder, tmp_path_factory):
    with small_disk(tmp_path_factory.mktemp("disk"), MEBIBYTES) as disk:
        shutil.copytree(prepared_folder, disk.folder / "site")
        yield disk


@pytest.fixture(scope="module")
def site(disk):
    with SiteProcess(disk.folder / "site", "--demo", DEMO_PASSWORD=PASSWORD) as site:
        yield site


@pytest.fixture(scope="module")
def amal(site):
    browser = PlainBrowser(site)
    assert browser.sign_in("amal", PASSWORD).status == 200
    return browser


@pytest.fixture(scope="module")
def session(amal):
    """(key, number)"""
    return amal.start()


@pytest.fixture(scope="module")
def carol(site, session):
    browser = PlainBrowser(site)
    assert browser.join(session[1], "Carol").status == 200
    return browser


@pytest.fixture
def page(carol, session):
    """Carol's page: it has heard everything since it was drawn."""
    drawn_at = int(re.search(r'data-position="(\d+)"', carol.get(f"/support/{session[0]}/").text)[1])
    with carol.socket(f"/ws/support/{session[0]}/") as page:
        page.send(json.dumps({"frame": "follow", "after": drawn_at, "page": "page-1", "secret": "tab-1"}))
        page.ping().wait(timeout=30)
        yield page


@pytest.fixture
def full(site, disk, page):
    """Not a byte is left, not even in the files that the database has already."""
    with closing(sqlite3.connect(site.data_dir / "support.sqlite3", timeout=20)) as database:
        wait_until(lambda: database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        disk.fill()
    yield disk
    if disk.free == 0:
        disk.make_room()


def lines_of(site):
    with closing(sqlite3.connect(site.data_dir / "support.sqlite3", timeout=20)) as database:
        return [text for (text,) in database.execute("SELECT text FROM sessions_app_chatmessage ORDER BY id")]


def frames_until_closed(page):
    with suppress(ConnectionClosed):
        while True:
            yield json.loads(page.recv(timeout=60))


def test_everything_says_so_and_goes_on_when_there_is_room(site, page, full, amal, carol, session):
    key, number = session
    before = lines_of(site)
    refused = carol.say(f"/support/{key}/", "kept by the page", "line-1")
    assert (refused.status, refused.json["error"]["code"]) == (507, "storage_full")
    assert "storage space" in refused.json["error"]["message"]

    for language, words in [("en", "storage space"), ("ar", "مساحة التخزين")]:
        stranger = PlainBrowser(site, language)
        signing_in = stranger.sign_in("bilal", PASSWORD)
        joining = stranger.join(number, "Nadia")
        assert [(answer.status, words in answer.text) for answer in (signing_in, joining)] == [(507, True)] * 2

    doctor = site.manage("doctor")
    said, _ = doctor.communicate(timeout=120)
    assert doctor.returncode == 1
    assert "FAIL  disk: " in said

    # What only reads goes on.
    assert [amal.get(path).status for path in ("/", f"/sessions/{key}/")] == [200, 200]
    full.make_room()

    assert carol.say(f"/support/{key}/", "kept by the page", "line-1").status == 200
    assert lines_of(site) == [*before, "kept by the page"]
    assert PlainBrowser(site).sign_in("bilal", PASSWORD).url == f"{site.url}/"
    # The page that was open all the time has heard it.
    heard = (frame for frame in frames_until_closed(page) if frame.get("type") == "chat.said")
    assert next(heard)["data"]["text"] == "kept by the page"


def test_socket_that_comes_is_sent_away_to_come_back(site, full, carol, session):
    with carol.socket(f"/ws/support/{session[0]}/") as second:
        second.send(json.dumps({"frame": "follow", "after": 0, "page": "page-2", "secret": "tab-2"}))
        assert [frame for frame in frames_until_closed(second) if frame["frame"] == "refused"] == []
    assert second.close_code == 1011


def test_what_was_acknowledged_while_it_filled_up_is_there(site, disk, amal, carol, session):
    """Each line is said until the site has it; the disk is full from the middle on, and has room again at the end."""
    # By turns: neither writes faster than a person may.
    sides = [partial(carol.say, f"/support/{session[0]}/"), partial(amal.say, f"/sessions/{session[0]}/")]
    with closing(sqlite3.connect(site.data_dir / "support.sqlite3", timeout=20)) as database:
        wait_until(lambda: database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    disk.fill(leave=300 * 1024)
    before = lines_of(site)
    texts = [f"{number} {'x' * 1000}" for number in range(12)]
    answers = [sides[number % 2](text, f"while-{number}") for number, text in enumerate(texts)]
    assert {answer.status for answer in answers} == {200, 507}

    disk.make_room()

    assert {sides[number % 2](text, f"while-{number}").status for number, text in enumerate(texts)} == {200}
    acknowledged = [text for text, answer in zip(texts, answers, strict=True) if answer.status == 200]
    assert lines_of(site)[len(before) : len(before) + len(acknowledged)] == acknowledged
    assert sorted(lines_of(site)[len(before) :]) == sorted(texts)


def test_log_has_a_line_about_it_and_no_traceback(site):
    assert "Traceback" not in site.output
    assert site.output.count("storage_full:") >= 1
