"""Before a browser asks for a device, or opens its own window, the page has said what for and how to stop."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Customer

# A browser with both devices, which would ask; it notes what stood on the page when it was asked.
BROWSER = """
window.asked = [];
const PLACES = "[data-first-word], .ask, [data-call-offered], [data-device-test]";
const said = () => [...document.querySelectorAll(PLACES)].filter((each) => each.checkVisibility())
  .map((each) => each.innerText.replace(/\\s+/g, " ")).join(" | ");
const sound = () => new AudioContext().createMediaStreamDestination().stream;
const picture = () => document.createElement("canvas").captureStream(1);
// An empty page has none.
const devices = navigator.mediaDevices ?? {};
devices.enumerateDevices = async () => ["audioinput", "videoinput"].map((kind) => ({ kind, label: "" }));
devices.getUserMedia = async ({ audio }) => {
  window.asked.push(said());
  if (!window.lends) throw new DOMException("no", "NotAllowedError");
  return audio ? sound() : (document.createElement("canvas").getContext("2d"), picture());
};
devices.getDisplayMedia = async () => {
  window.asked.push(said());
  throw new DOMException("no", "NotAllowedError");
};
"""
BEFORE_CAMERA = (
    "The browser may ask whether this site can use your camera: those in the session see it until you turn it off."
)
BEFORE_MICROPHONE = (
    "The browser may ask whether this site can use your microphone: those in the call hear you until you mute yourself "
    "or hang up."
)


@pytest.fixture
def desk(bilal):
    bilal.context.add_init_script(BROWSER)
    desk = bilal.start()
    desk.is_live()
    return desk


@pytest.fixture
def carol(desk, customers):
    stranger = customers.stranger()
    stranger.context.add_init_script(BROWSER)
    carol = Customer.at_the_door(stranger)
    carol.fill_in(desk.number, "Carol")
    carol = carol.is_let_in()
    carol.is_live()
    expect(desk.page.locator("[data-helped]")).to_have_text("Carol")
    return carol


def was_said(page, *sentences, count=1):
    """When the browser was asked the last time."""
    page.wait_for_function("(count) => window.asked.length >= count", arg=count)
    seen = page.evaluate("window.asked.at(-1)")
    for sentence in sentences:
        assert sentence in seen, seen


def test_of_a_representatives_camera_and_microphone(desk, words):
    page = desk.page
    first = page.locator("[data-room] [data-first-word]")
    page.locator("[data-camera]:visible").first.click()
    was_said(page, words(BEFORE_CAMERA))
    expect(first).to_be_hidden()
    page.locator("[data-call-toggle]:visible").first.click()
    was_said(page, words(BEFORE_MICROPHONE), count=2)
    expect(first).to_be_hidden()


def test_of_what_a_customer_answers_a_call_with(desk, carol, words):
    desk.page.evaluate("window.lends = true")
    desk.page.locator("[data-call-toggle]:visible").first.click()
    call = carol.page.get_by_role("region", name=words("Voice call"), exact=True)
    sentence = words("They hear you only if you answer, until you hang up. The browser may ask for your microphone.")
    expect(call).to_contain_text("Bilal")
    expect(call).to_contain_text(sentence)
    assert carol.page.evaluate("window.asked") == []
    call.get_by_role("button", name=words("Answer"), exact=True).click()
    was_said(carol.page, "Bilal", sentence)


@pytest.mark.parametrize("kind", ["view_desktop", "view_application"])
def test_of_a_screen_that_a_customer_shares(desk, carol, words, kind):
    page = carol.page
    desk.page.get_by_role("tab", name=words("Desktop" if kind == "view_desktop" else "Application"), exact=True).click()
    desk.page.locator(f"#{kind}-{desk.key}").click()
    box = page.get_by_role("alertdialog")
    box.get_by_role("button", name=words("Allow"), exact=True).click()
    stop = words("“Stop sharing” at the top of this page ends it at any time.")
    was_said(page, "Bilal", words("They can look but cannot control anything."), stop)


def test_of_a_camera_that_a_standing_permission_would_turn_on(desk, carol, words):
    page = carol.page
    ask = desk.page.get_by_role("button", name=words("Ask for the camera"), exact=True).first
    ask.click()
    box = page.get_by_role("alertdialog")
    stop = words("“Turn the camera off” at the top of this page ends it at any time.")
    expect(box).to_contain_text(stop)
    box.get_by_role("button", name=words("Allow all for this session"), exact=True).click()
    was_said(page, "Bilal", stop)
    expect(box).to_have_count(0)

    # It need not be asked any more, but the browser would ask out of the blue.
    ask.click()
    waits = page.get_by_role("group", name=words("Turn the camera on"), exact=True)
    expect(waits).to_contain_text("Bilal")
    expect(waits).to_contain_text(stop)
    assert page.evaluate("window.asked.length") == 1
    page.evaluate("window.lends = true")
    waits.get_by_role("button", name=words("Turn the camera on"), exact=True).click()
    was_said(page, "Bilal", stop, count=2)
    expect(waits).to_have_count(0)
    page.get_by_role("button", name=words("Turn the camera off"), exact=True).click()


def test_of_the_test_of_a_device(customers, words):
    stranger = customers.stranger()
    stranger.context.add_init_script(BROWSER)
    page = stranger.open("/check/")
    page.get_by_role("button", name=words("Test camera and microphone"), exact=True).click()
    was_said(page, words("The browser may ask for both. Only you see and hear the test, until you stop it."))


def test_of_notifications(bilal, words):
    desk = bilal.start()
    desk.page.locator("[data-room] [data-notification-question]").wait_for(state="attached")
    sentence = words("The browser asks next; “Notifications” in your menu turns it off again.")
    expect(desk.page.locator("[data-notification-question]")).to_contain_text(sentence)
