"""The tray's commands are the dashboard's (S13, S60): each does what its button in the page does."""

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import MediaDesk, near, until
from tests.browser.tray import AS_POPUP, SMALL, fits, menu, popped_out

# A press counts for some seconds. Asking the page whether it still does would count as another one, and so does what
# Playwright asks at the end of a click, just after the press was spent on opening the window: hence a whole second.
TELL_WHEN_UNPRESSED = """
let ticks = 0;
setInterval(() => {
  ticks = navigator.userActivation.isActive ? 0 : ticks + 1;
  if (ticks >= 20) console.debug("unpressed");
}, 50);
"""
COLOUR = """(video) => {
  if (!video.videoWidth || video.paused) return null;
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const brush = canvas.getContext("2d");
  brush.drawImage(video, 0, 0);
  return [...brush.getImageData(canvas.width / 2, canvas.height * 0.6, 1, 1).data].slice(0, 3);
}"""
LEVEL = "Number(getComputedStyle(document.querySelector('[data-tray-level]')).getPropertyValue('--level'))"


def shows(tray, colour):
    video = tray.locator("[data-tray-picture]")
    expect(video).to_be_visible()
    seen = until(lambda: (lambda got: near(got, colour) and got)(video.evaluate(COLOUR)))
    assert seen, f"{video.evaluate(COLOUR)} instead of {colour}"


def shows_no_picture(tray):
    expect(tray.locator("[data-tray-picture]")).to_be_hidden()
    expect(tray.get_by_role("button", name="Stop sharing", exact=True)).to_have_count(0)


def test_tray_that_is_a_popup_points_out_the_button_of_the_page(cast):
    """A browser without Picture-in-Picture: only the window that was pressed may show a screen."""
    bilal = cast.csr("bilal")
    bilal.context.add_init_script(AS_POPUP)
    bilal.context.add_init_script(TELL_WHEN_UNPRESSED)
    desk = MediaDesk.of(bilal.start())
    tray = popped_out(desk)
    with desk.page.expect_console_message(lambda message: message.text == "unpressed"):
        pass
    menu(tray, "Share").click()

    tray.get_by_role("button", name="Share my desktop", exact=True).click()

    expect(tray.get_by_role("alert")).to_contain_text("Only the main page can share a screen.")
    expect(desk.button("Share my desktop")).to_be_focused()


def test_tray_turns_the_camera_on_and_shows_it(cast):
    desk = cast.starts("bilal")
    tray = popped_out(desk)
    video = tray.get_by_role("button", name="Video", exact=True)

    video.click()

    expect(desk.button("Video")).to_have_attribute("aria-pressed", "true")
    expect(video).to_have_attribute("aria-pressed", "true")


def test_tray_calls_shows_the_voice_and_mutes_it(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    tray = popped_out(desk)
    mute = tray.get_by_role("button", name="Mute", exact=True)

    tray.get_by_role("button", name="Voice call", exact=True).click()
    expect(carol.button("Answer")).to_be_visible()
    expect(mute).to_have_attribute("aria-pressed", "false")
    assert until(lambda: tray.evaluate(LEVEL) > 0)

    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "true")
    expect(desk.page.locator("[data-call]").get_by_role("button", name="Mute")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert until(lambda: tray.evaluate(LEVEL) == 0)

    tray.get_by_role("button", name="Voice call", exact=True).click()
    expect(mute).to_be_hidden()


def test_tray_records_and_says_so(cast):
    desk = cast.starts("bilal")
    cast.joins(desk.number)
    tray = popped_out(desk)
    recording = tray.get_by_role("button", name="Recording", exact=True)

    recording.click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Start recording").click()

    expect(tray.locator(".tray__recording")).to_have_attribute("data-state", "running")
    expect(recording).to_have_attribute("aria-pressed", "true")


def test_tray_shares_and_asks_to_see(cast):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    tray = popped_out(desk)
    menu(tray, "Share").click()
    tray.get_by_role("button", name="Share my desktop", exact=True).click()
    carol.sees("Bilal Nasser’s screen", (255, 0, 0))
    expect(tray.get_by_text("You are sharing")).to_be_visible()
    # No mirror: the tray may float over the very screen that is shared.
    expect(tray.locator("[data-tray-picture]")).to_be_hidden()

    menu(tray, "Share").click()
    tray.get_by_role("button", name="View customer's desktop", exact=True).click()

    expect(carol.button("Allow")).to_be_visible()
    expect(tray.get_by_text("Waiting for Carol’s answer")).to_be_visible()


@pytest.mark.parametrize("script", ["", AS_POPUP], ids=["floating", "popup"])
def test_tray_shows_the_customers_screen_and_stops_it(cast, script):
    bilal = cast.csr("bilal")
    if script:
        bilal.context.add_init_script(script)
    desk = MediaDesk.of(bilal.start())
    carol = cast.joins_with_tab(desk.number)
    # Shared before the tray is opened, as well.
    desk.asks_for_desktop()
    carol.allows()
    desk.sees("Carol’s screen", (0, 0, 255))
    tray = popped_out(desk, SMALL)
    shows(tray, (0, 0, 255))
    expect(tray.get_by_text("Carol is sharing a browser tab.")).to_be_visible()
    fits(tray)

    tray.get_by_role("button", name="Stop sharing", exact=True).click()

    desk.sees_nothing()
    shows_no_picture(tray)
    expect(carol.button("Stop sharing")).to_have_count(0)
