"""The connection check where all goes well: what it asks for, what it shows, and that it follows what changes."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.media.check import comes_by, deny, is_told, row, says
from tests.browser.media.people import until
from tests.browser.wire import Wire


@pytest.fixture
def visit(launch, site, watch):
    """visit(): the check's page in a browser with devices, or as a test has it."""

    def visit(*scripts, by=site, path="/check/", devices=True, permissions=("camera", "microphone"), **options):
        options = {"locale": "en-GB", "permissions": list(permissions), **options}
        context = launch(devices=devices).new_context(**options)
        watch.over(context)
        for script in scripts:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(by.url + path)
        return page

    yield visit
    assert watch.faults() == []


def test_what_works_is_said_and_nothing_is_asked_for(visit):
    page = visit("if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = () => (window.wasAsked = true)")

    says(page, "summary", "Everything works")
    says(page, "browser", "Your browser is up to date.")
    says(page, "socket", "The connection to this site works.")
    says(page, "socket", " ms")
    says(page, "screen", "You can show your screen")
    says(page, "camera", "A camera was found.")
    says(page, "microphone", "A microphone was found.")
    assert page.evaluate("window.wasAsked") is None


def test_camera_and_microphone_are_tested_by_keyboard_and_let_go(visit):
    page = visit()
    says(page, "summary", "Everything works")
    page.get_by_role("button", name="Test camera and microphone").focus()
    page.keyboard.press("Enter")

    says(page, "camera", "The camera works.")
    says(page, "microphone", "The microphone works.")
    stop = page.get_by_role("button", name="Stop the test")
    expect(stop).to_be_focused()
    moves = "document.querySelector('video').videoWidth && document.querySelector('meter').value"
    assert until(lambda: page.evaluate(moves))
    track = page.evaluate_handle("document.querySelector('video').srcObject.getTracks()[0]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Test camera and microphone")).to_be_focused()
    assert track.evaluate("track => track.readyState") == "ended"


def settled(page):
    expect(row(page, "summary")).to_have_attribute("data-level", "warn")


@pytest.mark.parametrize("locale", ["en-GB", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_with_the_result_open_have_no_serious_fault(visit, scheme, locale):
    page = visit(locale=locale, color_scheme=scheme, devices=False, permissions=())
    settled(page)
    faults = serious_faults(page)
    page.goto(page.url.replace("/check/", "/join/"))
    settled(page)
    page.locator("[data-check] > summary").focus()
    page.keyboard.press("Enter")
    expect(row(page, "browser")).to_be_visible()
    assert faults + serious_faults(page) == []


# ---- What changes is renewed


def test_what_changes_while_the_page_is_open_is_told_and_decides_what_can_be_asked_for(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    is_told(desk)
    camera = desk.page.get_by_role("button", name="Ask for the camera", exact=True)
    expect(camera).to_be_enabled()

    deny(carol.page.context)
    is_told(desk, "The browser blocks the camera", "The browser blocks the microphone")
    expect(camera).to_be_disabled()

    carol.page.context.grant_permissions(["camera", "microphone"])
    is_told(desk)
    expect(camera).to_be_enabled()


def test_what_has_changed_is_looked_at_again_when_the_page_is_loaded_again(cast, watch, site):
    watch.expect("WebSocket connection to")
    desk = cast.starts("bilal")
    with Wire(site) as proxy:
        carol = comes_by(proxy, cast)
        says(carol.page, "summary", "Everything works")
        carol.fill_in(desk.number, "Carol")
        is_told(desk)

        proxy.spoil("/ws/check/")
        carol.reload()
        is_told(desk, "No live connection to this site")
        proxy.mend()
        carol.reload()
        is_told(desk)


def test_page_of_the_check_shows_what_changes(visit):
    page = visit()
    says(page, "summary", "Everything works")
    deny(page.context)
    says(page, "camera", "The browser does not let this site use the camera.")
    says(page, "summary", "Some things may not work")
    page.context.grant_permissions(["camera", "microphone"])
    says(page, "summary", "Everything works")


LINES = """element => {
  const text = document.createRange();
  text.selectNodeContents(element);
  return new Set([...text.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.bottom))).size;
}"""


@pytest.mark.parametrize("locale", ["en-GB", "ar"])
def test_title_and_labels_stand_on_a_line_each_on_a_wide_screen_and_a_phone(visit, locale):
    page = visit(locale=locale)
    expect(row(page, "summary")).to_have_attribute("data-level", "good")
    labels = [page.locator(".device-check__title"), *page.locator(".device-check__row strong").all()]
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert [label.evaluate(LINES) for label in labels] == [1] * 7, width
