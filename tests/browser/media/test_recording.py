"""Recording: told to all before it starts, shown while it runs, a film in the end; judged by ffprobe and by players."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import until
from tests.browser.media.programs import need
from tests.browser.media.test_firefox import firefox  # noqa: F401
from tests.browser.media.test_voice import HIGH, LOW, call, tone  # noqa: F401
from tests.sessions_app.recordings import frame_at, probed

RED = (255, 0, 0)
SIGN = "[data-recording-sign]"
# To a place in the film that stands on a page: where it got, and what is to be seen there.
SEEK = """async (seconds) => {
  const film = document.querySelector("[data-picture]");
  if (film.readyState < 2) await new Promise((done) => film.addEventListener("loadeddata", done, { once: true }));
  const sought = new Promise((done) => film.addEventListener("seeked", done, { once: true }));
  film.currentTime = seconds;
  await sought;
  const canvas = new OffscreenCanvas(film.videoWidth, film.videoHeight);
  const brush = canvas.getContext("2d");
  brush.drawImage(film, 0, 0);
  const colour = [...brush.getImageData(300, 300, 1, 1).data].slice(0, 3);
  return { duration: film.duration, at: film.currentTime, width: film.videoWidth, colour };
}"""


@pytest.fixture(autouse=True)
def ffmpeg():
    return need("ffmpeg", package="ffmpeg")


def sign(person, state):
    return expect(person.page.locator(f'{SIGN}[data-state="{state}"]')).to_be_visible(timeout=20_000)


def starts(desk):
    desk.button("Recording").click()
    desk.page.get_by_role("dialog", name="Record this session?").get_by_role("button", name="Start recording").click()


def records(desk, *others):
    """A recording that runs, and of which the site has something."""
    starts(desk)
    for person in (desk, *others):
        sign(person, "running")
    sends(desk, pieces=1)


def sends(desk, *, pieces):
    """So many pieces more have arrived at the site."""
    for _ in range(pieces):
        desk.page.wait_for_event("response", lambda answer: "/chunks/" in answer.url and answer.ok, timeout=60_000)


def parts_of(site):
    return sorted((site.data_dir / "parts" / "recordings").glob("*/*"))


def kept(site):
    return set((site.data_dir / "media" / "recordings").rglob("*.webm"))


@pytest.fixture
def saved(site):
    """saved(): the file that this test has made, when it is finished."""
    before = kept(site)

    def saved():
        new = until(lambda: kept(site) - before, 60)
        assert new, "it was not saved"
        [path] = new
        # It is there before it is on record.
        assert until(lambda: not parts_of(site), 20), parts_of(site)
        return path

    return saved


def test_everybody_is_told_and_shown_and_the_film_plays(cast, site, saved):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    desk.shares_desktop()
    carol.sees("Bilal Nasser’s screen", RED)
    desk.tab("Tools")

    starts(desk)
    for person in (desk, carol):
        sign(person, "announced")
        expect(person.page.get_by_text("Recording starts in a moment")).to_be_visible()
        expect(person.page.locator("[data-announcer=assertive]")).to_contain_text("This session will be recorded")
    assert not parts_of(site)
    for person in (desk, carol):
        sign(person, "running")
        expect(person.page.locator("[data-announcer=assertive]")).to_contain_text("This session is being recorded")
    assert until(lambda: parts_of(site), 20)

    # Who comes late is told at once.
    omar = cast.joins(desk.number, "Omar")
    sign(omar, "running")
    expect(omar.page.locator("[data-announcer=assertive]")).to_contain_text("This session is being recorded")
    sends(desk, pieces=3)

    desk.button("Pause recording").click()
    for person in (desk, carol, omar):
        sign(person, "paused")
    desk.button("Resume recording").click()
    sign(carol, "running")
    desk.button("Stop recording").click()
    for person in (desk, carol, omar):
        expect(person.page.locator(SIGN)).to_have_count(0)

    path = saved()
    seconds, codecs = probed(path)
    assert codecs == ["opus", "vp8"]
    assert seconds > 3
    assert frame_at(path, seconds / 2)
    desk.end()
    film = desk.again().page
    expect(film.get_by_text("Omar joined")).to_be_visible()
    shown = film.evaluate(SEEK, seconds / 2)
    assert abs(shown["duration"] - seconds) < 0.5
    assert abs(shown["at"] - seconds / 2) < 0.5
    assert shown["width"] == 1280
    assert all(abs(a - b) < 60 for a, b in zip(shown["colour"], RED, strict=True)), shown
    film.locator("[data-seek]").filter(has_text="Omar joined").click()
    assert until(lambda: film.evaluate("document.querySelector('[data-picture]').currentTime") > 0)
    is_not_there_for_others(cast, film, site)


def is_not_there_for_others(cast, film, site):
    url = site.url + film.locator("[data-picture]").get_attribute("src")
    part = film.request.get(url, headers={"Range": "bytes=0-9"})
    assert (part.status, len(part.body())) == (206, 10)
    for stranger in ("faris", "amal"):
        assert cast.csr(stranger).context.request.get(url).status == 404


def test_page_that_is_reloaded_goes_on(cast, site, saved):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    records(desk, carol)

    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.reload()

    sign(desk, "running")
    assert until(lambda: len(parts_of(site)) == 2, 20), "no second segment"
    sends(desk, pieces=2)
    sign(carol, "running")
    desk.button("Stop recording").click()
    path = saved()
    seconds, codecs = probed(path)
    assert codecs == ["opus", "vp8"]
    assert seconds > 3
    # Within the second segment, of at least two pieces; a busy browser draws no more in its last moments.
    assert frame_at(path, seconds - 3)


def test_browser_that_is_killed_costs_no_more_than_the_last_piece(cast, saved):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    records(desk, carol)
    sends(desk, pieces=2)

    desk.page.context.browser.close()

    path = saved()
    assert probed(path)[0] > 1.5
    assert frame_at(path, 1)


def test_transfer_of_control_ends_it(cast, saved):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    assistant = cast.assists("amal", desk.number)
    records(desk, carol, assistant)
    expect(assistant.button("Stop recording")).to_have_count(0)

    desk.transfers_control_to("Amal Haddad")

    for person in (desk, carol, assistant):
        expect(person.page.locator(SIGN)).to_have_count(0)
        person.is_told("The recording has ended.")
    assert probed(saved())[0] > 1
    expect(desk.button("Recording")).to_have_count(0)
    assistant.tab("Tools")
    expect(assistant.button("Recording")).to_be_visible()


def test_voices_of_all_are_in_it(cast, saved, tone):  # noqa: F811
    desk, carol = call(cast, tone)
    records(desk, carol)
    sends(desk, pieces=2)
    desk.button("Stop recording").click()

    path = saved()
    for hertz in (LOW, HIGH):
        assert loudness(path, hertz) > loudness(path, 4000) + 10


def loudness(path, hertz):
    """The mean volume about a frequency, in dB."""
    band = f"bandpass=f={hertz}:width_type=h:w=60,bandpass=f={hertz}:width_type=h:w=60,volumedetect"
    command = [need("ffmpeg", package="ffmpeg"), "-hide_banner", "-i", path, "-vn", "-af", band, "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.search(r"mean_volume: (\S+) dB", said)[1])


def test_film_plays_in_firefox(cast, site, saved, firefox):  # noqa: F811
    desk = cast.starts_with_tab("bilal")
    records(desk)
    desk.button("Stop recording").click()
    seconds = probed(saved())[0]
    desk.end()

    firefox.get(f"{site.url}/join/")
    for cookie in desk.page.context.cookies():
        firefox.add_cookie({"name": cookie["name"], "value": cookie["value"], "path": "/"})
    firefox.get(f"{site.url}/sessions/{desk.key}/")
    firefox.set_script_timeout(30)
    done = f"const done = arguments[1]; ({SEEK})(arguments[0]).then(done, (error) => done(String(error)));"
    shown = firefox.execute_async_script(done, seconds / 2)
    assert abs(shown["duration"] - seconds) < 0.5, shown
    assert abs(shown["at"] - seconds / 2) < 0.5
    assert shown["width"] == 1280
