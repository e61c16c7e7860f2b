"""The tray's commands are the dashboard's (S13, S60): each does what its button in the page does."""

from playwright.sync_api import expect

from tests.browser.media.people import MediaDesk

# A press counts for some seconds. Asking the page whether it still does would count as another one, and so does what
# Playwright asks at the end of a click, just after the press was spent on opening the window: hence a whole second.
TELL_WHEN_UNPRESSED = """
let ticks = 0;
setInterval(() => {
  ticks = navigator.userActivation.isActive ? 0 : ticks + 1;
  if (ticks >= 20) console.debug("unpressed");
}, 50);
"""


def popped_out(desk):
    with desk.page.context.expect_page() as opened:
        desk.button("Pop out tray").click()
    return opened.value


def test_tray_that_is_a_popup_points_out_the_button_of_the_page(cast):
    """A browser without Picture-in-Picture: only the window that was pressed may show a screen."""
    bilal = cast.csr("bilal")
    bilal.context.add_init_script("delete window.documentPictureInPicture")
    bilal.context.add_init_script(TELL_WHEN_UNPRESSED)
    desk = MediaDesk.of(bilal.start())
    tray = popped_out(desk)
    with desk.page.expect_console_message(lambda message: message.text == "unpressed"):
        pass
    tray.get_by_text("Share", exact=True).click()

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


def test_tray_calls(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    tray = popped_out(desk)

    tray.get_by_role("button", name="Voice call", exact=True).click()

    expect(carol.button("Answer")).to_be_visible()


def test_tray_shares_and_asks_to_see(cast):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    tray = popped_out(desk)
    share = tray.get_by_text("Share", exact=True)
    share.click()
    tray.get_by_role("button", name="Share my desktop", exact=True).click()
    carol.sees("Bilal Nasser’s screen", (255, 0, 0))

    tray.get_by_role("button", name="View customer's desktop", exact=True).click()

    expect(carol.button("Allow")).to_be_visible()
