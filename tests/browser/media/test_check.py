"""The connection check before a session, with each part made to fail; and what the representative sees of it."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignedIn
from tests.browser.media.conftest import Cast
from tests.browser.media.people import until
from tests.browser.media.turn import Turn
from tests.browser.people import Customer
from tests.browser.site import Site
from tests.browser.test_accessible import serious_faults
from tests.browser.wire import Wire
from tests.services import free_port

OLD = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.0.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
# Chromium says so beside the string, an iPhone does not.
AS_AN_IPHONE = "delete Navigator.prototype.userAgentData"


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


def row(page, name):
    return page.locator(f"[data-row={name}]")


def settled(page):
    expect(row(page, "summary")).to_have_attribute("data-level", "warn")


def says(page, name, text):
    expect(row(page, name)).to_contain_text(text, use_inner_text=True)


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


def test_no_devices(visit):
    page = visit(devices=False, permissions=())
    says(page, "camera", "No camera was found.")
    says(page, "microphone", "No microphone was found.")
    says(page, "summary", "Some things may not work")


def test_devices_that_the_browser_denies(visit):
    denied = "if (navigator.permissions) navigator.permissions.query = async () => ({ state: 'denied' })"
    page = visit(denied)
    says(page, "camera", "The browser does not let this site use the camera.")
    says(page, "microphone", "The browser does not let this site use the microphone.")


def test_browser_that_shows_no_screen(visit):
    page = visit("if (navigator.mediaDevices) delete MediaDevices.prototype.getDisplayMedia")
    says(page, "screen", "This browser cannot show your screen.")


def test_phone_shows_no_screen(visit):
    page = visit(AS_AN_IPHONE, user_agent=PHONE)
    says(page, "screen", "Phones and tablets cannot show their screen.")


def test_old_browser(visit):
    page = visit(user_agent=OLD)
    says(page, "browser", "Your browser is old.")
    says(page, "summary", "There is a problem")


def test_network_that_lets_no_socket_through(visit, watch, site):
    watch.expect("WebSocket connection to")
    with Wire(site) as proxy:
        proxy.spoil("/ws/check/")
        page = visit(by=proxy)
        says(page, "socket", "This network lets pages through, but no live connection.")
        says(page, "summary", "There is a problem")
    assert proxy.spoilt == ["/ws/check/"]


# ---- The relay, tried from the page of a place that somebody holds


@pytest.fixture(scope="module")
def turn(tmp_path_factory):
    turn = Turn(tmp_path_factory.mktemp("turn"))
    yield turn
    turn.stop()


@pytest.fixture(params=[("both", "reached"), ("tcp", "tcp"), ("none", "unreached")], ids=lambda param: param[0])
def relayed(request, turn, folder_with_people, tmp_path, browser):
    """A site whose relay can be reached by some transports, and what is said of it."""
    reachable, said = request.param
    closed = f"turn:127.0.0.1:{free_port()}"
    udp = turn.url("udp") if reachable == "both" else f"{closed}?transport=udp"
    tcp = f"{closed}?transport=tcp" if reachable == "none" else turn.url("tcp")
    urls = {"TURN_URLS": f"{udp},{tcp}", "TURN_SECRET": turn.secret}
    with Site(shutil.copytree(folder_with_people, tmp_path / "data"), **urls) as site:
        yield site, said


SAID = {
    "reached": ("Your network lets calls and screens through.", None),
    "tcp": ("only in a slower way", "Relay not reached over UDP: calls may stutter"),
    "unreached": ("may block calls and shared screens", "Relay not reached: calls and screens may fail"),
}


def test_relay_is_tried_in_the_lobby_and_the_representative_sees_it(relayed, browser, watch, launch):
    site, word = relayed
    to_customer, to_csr = SAID[word]
    site.decide(admit_by_hand=True)
    cast = Cast(site, SignedIn(site, browser), watch, launch)
    desk = cast.starts("bilal")
    carol = Customer.at_the_door(cast.stranger())
    carol.fill_in(desk.number, "Carol")

    carol.page.locator("[data-check] > summary").click()
    says(carol.page, "relay", to_customer)

    line = desk.participant("Carol").locator("summary")
    expect(line).to_contain_text(to_csr or "Chrome")
    cast.go_home()


def test_relay_is_tried_after_joining_by_a_number(relayed, browser, watch, launch):
    """Who has typed no number yet gets no credentials: their page says when it is tried, and so it is."""
    site, word = relayed
    cast = Cast(site, SignedIn(site, browser), watch, launch)
    desk = cast.starts("bilal")
    carol = Customer.at_the_door(cast.stranger())
    says(carol.page, "summary", "No problems found so far")
    carol.page.locator("[data-check] > summary").click()
    says(carol.page, "relay", "This is checked after you enter your session number.")
    carol.fill_in(desk.number, "Carol")
    carol.is_let_in()

    line = desk.participant("Carol").locator("summary")
    expect(line).to_contain_text(SAID[word][1] or "Chrome")
    cast.go_home()


# ---- What the representative sees


def test_what_was_found_before_joining_comes_along_and_is_seen_live(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number, user_agent=OLD)

    line = desk.participant("Carol").locator("summary")
    expect(line).to_contain_text("Old browser")
    line.click()
    expect(desk.participant("Carol")).to_contain_text("Chrome 80 on Windows")
    assert serious_faults(desk.page) == []
    assert carol.page.locator(".device").count() == 0
