"""A site with FILES_KEY: files and recordings are used as ever, and what lies on its disk is encrypted (E74)."""

import base64
import os
import shutil

import pytest

from supportcenter.sealed_files import frames, stream
from tests.browser.conftest import SignedIn
from tests.browser.media.files import Side, digest_of
from tests.browser.media.people import until
from tests.browser.media.test_files import STRICT
from tests.browser.media.test_recording import RED, SEEK, ffmpeg, parts_of, records, saved, sends  # noqa: F401
from tests.browser.people import Customers, Person
from tests.browser.site import Site
from tests.browser.words import Words

SAID = b"What the customer sends is for nobody else. "


@pytest.fixture(scope="module")
def site(folder_with_people, tmp_path_factory):
    folder = shutil.copytree(folder_with_people, tmp_path_factory.mktemp("encrypted") / "data")
    with Site(folder, FILES_KEY=base64.b64encode(os.urandom(32)).decode()) as site:
        yield site


@pytest.fixture(scope="module")
def signed_in(site, browser):
    return SignedIn(site, browser)


def kept_files(site, folder):
    return [path for path in (site.data_dir / folder).rglob("*") if path.is_file() and path.stat().st_size]


def test_file_arrives_and_is_saved_again_and_lies_there_encrypted(cast, site):
    desk = cast.starts("bilal")
    # Through the server, which keeps it.
    context = cast._context(cast._process(()))
    context.add_init_script(STRICT)
    carol = Customers(lambda: Person(context, site, Words("en"))).join(desk.number)
    carol.is_live()
    sender, receiver = Side(carol), Side(desk)
    sent = SAID * 20_000

    def send():
        sender.sends(("said.txt", sent))
        receiver.accepts()

    assert receiver.saves(send) == digest_of(sent)
    receiver.reloads()
    receiver.shows("said.txt")
    assert receiver.saves(desk.page.locator("[data-chat-file] [data-save]").click) == digest_of(sent)
    [kept] = until(lambda: kept_files(site, "media/files"))
    assert kept.read_bytes().startswith(stream.MAGIC)
    everything = [*kept_files(site, "media"), *kept_files(site, "parts")]
    assert [path for path in everything if SAID in path.read_bytes()] == []


def test_recording_plays_from_any_place_and_is_never_plain(cast, site, saved):  # noqa: F811
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    desk.shares_desktop()
    carol.sees("Bilal Nasser’s screen", RED)
    desk.tab("Tools")
    records(desk, carol)
    sends(desk, pieces=2)
    written = [path for path in parts_of(site) if path.is_file() and path.name != "lock"]
    assert {path.read_bytes()[: len(frames.MAGIC)] for path in written} == {frames.MAGIC}
    desk.button("Stop recording").click()
    assert saved().read_bytes().startswith(stream.MAGIC)

    desk.end()
    film = desk.again().page
    shown = film.evaluate(SEEK, 2)
    assert shown["duration"] > 3
    assert abs(shown["at"] - 2) < 0.5
    assert all(abs(a - b) < 60 for a, b in zip(shown["colour"], RED, strict=True)), shown
    url = site.url + film.locator("[data-picture]").get_attribute("src")
    whole = film.request.get(url)
    assert whole.body().startswith(b"\x1a\x45\xdf\xa3")
    size = len(whole.body())
    # About the border of the first two segments, and the end.
    for first, last in ((stream.HELD - stream.INNER - 5, stream.HELD - stream.INNER + 5), (size - 10, size - 1)):
        part = film.request.get(url, headers={"Range": f"bytes={first}-{last}"})
        assert part.status == 206
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert part.body() == whole.body()[first : last + 1]
