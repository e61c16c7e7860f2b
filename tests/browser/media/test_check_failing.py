"""The connection check with each part made to fail: what the customer reads before the session, and the representatives
in Participants."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignedIn
from tests.browser.faults import serious_faults
from tests.browser.media.check import comes_by, deny, is_told, reads, says
from tests.browser.media.conftest import Cast
from tests.browser.media.turn import Turn
from tests.browser.people import Customer
from tests.browser.site import Site
from tests.browser.wire import Wire
from tests.services import free_port

OLD = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.0.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
# Chromium says so beside the string, an iPhone does not.
AS_AN_IPHONE = "delete Navigator.prototype.userAgentData"


def with_an_old_browser(cast, launch):
    return cast.stranger(user_agent=OLD)


def without_devices(cast, launch):
    return cast.stranger(process=launch(devices=False), devices=False)


def who_denied_both(cast, launch):
    person = cast.stranger(devices=False)
    deny(person.context)
    return person


def without_screens(cast, launch):
    person = cast.stranger()
    person.context.add_init_script("if (navigator.mediaDevices) delete MediaDevices.prototype.getDisplayMedia")
    return person


def with_a_phone(cast, launch):
    person = cast.stranger(user_agent=PHONE, is_mobile=True, has_touch=True, viewport={"width": 390, "height": 844})
    person.context.add_init_script(AS_AN_IPHONE)
    return person


NO_CAMERA = "No camera was found. Connect one if you want to be seen"
BLOCKED = "The browser does not let this site use the camera. Click the icon at the start of the address bar"
# The summary, rows and sentences for the customer; sentences for the representatives, the worst first.
FAULTS = {
    with_an_old_browser: ("There is a problem", {"browser": "Your browser is old. Update it"}, ["Old browser"]),
    without_devices: (
        "Some things may not work",
        {"camera": NO_CAMERA, "microphone": "No microphone was found. Connect one if you want to talk"},
        ["No camera", "No microphone"],
    ),
    who_denied_both: (
        "Some things may not work",
        {"camera": BLOCKED, "microphone": BLOCKED.replace("camera", "microphone")},
        ["The browser blocks the camera", "The browser blocks the microphone"],
    ),
    without_screens: (
        "Some things may not work",
        {"screen": "This browser cannot show your screen."},
        ["Cannot share a screen"],
    ),
    with_a_phone: (
        "Some things may not work",
        {"screen": "Phones and tablets cannot show their screen. Join from a computer"},
        ["Phone: cannot share a screen, can show the camera"],
    ),
}


@pytest.mark.parametrize("person", FAULTS, ids=lambda person: person.__name__)
def test_part_that_fails_is_said_to_the_customer_and_to_the_representatives(cast, launch, person):
    summary, rows, told = FAULTS[person]
    desk = cast.starts("bilal")
    carol = Customer.at_the_door(person(cast, launch))
    reads(carol.page, summary, rows)
    carol.fill_in(desk.number, "Carol")
    is_told(desk, *told)


def test_network_that_lets_no_socket_through(cast, watch, site):
    watch.expect("WebSocket connection to")
    desk = cast.starts("bilal")
    with Wire(site) as proxy:
        proxy.spoil("/ws/check/")
        carol = comes_by(proxy, cast)
        reads(carol.page, "There is a problem", {"socket": "This network lets pages through, but no live connection."})
        carol.fill_in(desk.number, "Carol")
        is_told(desk, "No live connection to this site")


def test_site_without_a_relay(cast):
    """Nothing fails: the customer reads how calls go then, and the representatives nothing of a relay."""
    desk = cast.starts("bilal")
    carol = Customer.at_the_door(cast.stranger())
    reads(carol.page, "Everything works", {"relay": "They go directly from device to device"})
    carol.fill_in(desk.number, "Carol")
    is_told(desk)


# ---- The relay, tried from the page of a place that somebody holds


@pytest.fixture(scope="module")
def turn(tmp_path_factory):
    turn = Turn(tmp_path_factory.mktemp("turn"))
    yield turn
    turn.stop()


# Which transports reach the relay, and what is said of that.
RELAYS = [("both", "reached"), ("udp", "reached"), ("tcp", "tcp"), ("none", "unreached")]


@pytest.fixture(params=RELAYS, ids=lambda param: param[0])
def relayed(request, turn, folder_with_people, tmp_path, browser):
    """A site whose relay can be reached by some transports, and the word for it. Where none does, nothing listens."""
    reachable, said = request.param
    closed = f"turn:127.0.0.1:{free_port()}"
    udp, tcp = (
        turn.url(transport) if reachable in ("both", transport) else f"{closed}?transport={transport}"
        for transport in ("udp", "tcp")
    )
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


@pytest.mark.parametrize("relayed", RELAYS[-1:], indirect=True, ids=["none"])
def test_relay_is_tried_after_joining_by_a_number(relayed, browser, watch, launch):
    """Who has typed no number yet gets no credentials: their page says when it is tried, and so it is."""
    site, word = relayed
    cast = Cast(site, SignedIn(site, browser), watch, launch)
    desk = cast.starts("bilal")
    carol = Customer.at_the_door(cast.stranger())
    says(carol.page, "summary", "No problems so far")
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
    letter, name = (desk.participant("Carol").locator(part) for part in (".letter", ".roster__name"))
    assert abs(middle(letter) - middle(name)) < letter.bounding_box()["height"], "the letter stands beside the name"
    assert serious_faults(desk.page) == []
    assert carol.page.locator(".device").count() == 0


def middle(element):
    box = element.bounding_box()
    return box["y"] + box["height"] / 2
