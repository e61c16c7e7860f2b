"""Files from one browser to another: the same bytes arrive, whatever happens on the way, or nothing of them stays."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.media.files import Side, digest_of
from tests.browser.media.people import until
from tests.browser.people import Customers, Person
from tests.browser.wire import Wire
from tests.browser.words import Words

MEBIBYTE = 1024 * 1024
# Every channel that the page opens, to be broken by a test.
OBSERVE = """
  window.channels = [];
  const open = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (...options) {
    const channel = open.apply(this, options);
    channels.push(channel);
    return channel;
  };
"""
# A network that lets nothing through but a relay, of which there is none.
STRICT = """
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) { super({ ...configuration, iceServers: [], iceTransportPolicy: "relay" }); }
  };
"""


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "large.bin"
    path.write_bytes(os.urandom(50 * MEBIBYTE))
    return path


@pytest.fixture
def desk(cast):
    return cast.starts("bilal")


@pytest.fixture
def carol(cast, desk):
    return cast.joins(desk.number)


def test_50_mib_are_equal_after_the_channel_broke_in_the_middle(desk, carol, large):
    sender, receiver = Side(carol), Side(desk)
    sender.is_reloaded_with(OBSERVE)

    def send():
        sender.sends(large)
        receiver.accepts()
        sender.is_beyond(0.3)
        carol.page.evaluate("channels.forEach((channel) => channel.close())")

    assert receiver.saves(send) == digest_of(large.read_bytes())
    for side in (sender, receiver):
        side.shows("large.bin")
        assert side.ways == ["direct"]
        expect(side.row).to_have_count(0)
    assert carol.page.evaluate("channels.length") >= 2


def test_50_mib_are_equal_through_the_server_after_the_wire_was_cut(cast, site, watch, desk, large):
    watch.expect(r"net::ERR_", r"WebSocket connection")
    # Five seconds of sending, however quick the machine is: there is a middle to cut it in.
    with Wire(site, rate=10 * 1024 * 1024) as wire:
        context = cast._context(cast._process(()))
        context.add_init_script(STRICT)
        carol = Customers(lambda: Person(context, wire, Words("en"))).join(desk.number)
        carol.is_live()
        sender, receiver = Side(carol), Side(desk)

        def send():
            sender.sends(large)
            receiver.accepts()
            sender.is_beyond(0.3)
            # The other side sees how far it has come.
            receiver.is_beyond(0.1)
            wire.cut()
            carol.is_reconnecting()
            wire.mend()

        assert receiver.saves(send) == digest_of(large.read_bytes())
        for side in (sender, receiver):
            side.shows("large.bin")
            assert side.ways == ["server"]


def test_goes_on_after_both_sides_were_reloaded(desk, carol, large):
    sender, receiver = Side(carol), Side(desk)
    sender.sends(large)
    receiver.accepts()
    # As soon as anything is there: a quick machine has all of it in a second.
    receiver.is_beyond(0)
    sender.presses("Pause")
    sender.reads("paused")
    sender.reloads()
    receiver.reloads()
    receiver.reads("paused")

    assert receiver.saves(lambda: receiver.presses("Resume")) == digest_of(large.read_bytes())
    sender.shows("large.bin")
    # What has arrived is there after a reload too, and can be saved again.
    receiver.reloads()
    receiver.shows("large.bin")
    save = desk.page.locator("[data-chat-file] [data-save]")
    assert receiver.saves(save.click) == digest_of(large.read_bytes())


def test_ten_files_at_once(desk, carol):
    files = [(f"{number}.txt", os.urandom(200_000 + number)) for number in range(10)]
    saved = []
    carol.page.on("download", lambda download: saved.append(download))
    Side(desk).sends(*files)
    Side(carol).accepts()

    for side in (Side(desk), Side(carol)):
        expect(side.page.locator("[data-chat-file]:visible")).to_have_count(10)
    assert until(lambda: carol.page.wait_for_timeout(100) or len(saved) == 10)
    arrived = {each.suggested_filename: digest_of(Path(each.path()).read_bytes()) for each in saved}
    assert arrived == {name: digest_of(data) for name, data in files}


def test_offer_waits_for_the_one_before_and_a_no_is_told(desk, carol, watch):
    # The page asks, and is told to wait, unless it is still asking for the first.
    watch.expect(r"409 \(Conflict\).*/files/\)")
    Side(desk).sends(("first.txt", b"first"))
    Side(desk).sends(("second.txt", b"second"))
    expect(carol.page.get_by_role("alertdialog")).to_contain_text("first.txt")
    Side(carol).declines()
    Side(desk).reads("declined.")

    expect(carol.page.get_by_role("alertdialog")).to_contain_text("second.txt")
    Side(carol).accepts()
    for side in (Side(desk), Side(carol)):
        side.shows("second.txt")


def test_either_side_cancels_and_nothing_stays(desk, carol, large, watch):
    # A block that is on its way when the other side cancels comes too late.
    watch.expect(r"409 \(Conflict\).*/blocks/\)")
    sender, receiver = Side(carol), Side(desk)
    for canceller in (sender, receiver):
        sender.sends(large)
        receiver.accepts()
        receiver.is_beyond(0.05)
        canceller.presses("Cancel")
        for side in (sender, receiver):
            side.reads("Cancelled. Nothing was kept.")
            side.presses("Dismiss")
        receiver.keeps_nothing()


def test_transfer_of_control_takes_the_part_away_and_tells_both(cast, desk, carol, large, watch):
    # One who was through just then says so too late.
    watch.expect(r"409 \(Conflict\).*/(sent|received)/")
    cast.assists("amal", desk.number)
    sender, receiver = Side(carol), Side(desk)
    pass_control = ready_to_pass_control(desk, "Amal")
    sender.sends(large)
    receiver.accepts()
    receiver.is_beyond(0.05)
    pass_control()

    for side in (sender, receiver):
        side.reads("File transfer has ended. The part that had arrived was deleted.")
    receiver.keeps_nothing()
    expect(desk.page.locator("[data-send-files]")).to_have_count(0)


def ready_to_pass_control(desk, name):
    """The request of the dialog, without its presses: on a slow machine the file is through before the last of them."""
    row = desk.participant(name)
    expect(row).to_be_visible()
    pk = row.get_attribute("data-participant").removeprefix("participant.")
    url = desk.person.site.url + reverse("transfer_control", args=[desk.key, pk])
    token = next(each["value"] for each in desk.person.context.cookies() if each["name"] == "csrftoken")
    return lambda: desk.person.context.request.post(url, headers={"X-CSRFToken": token})


def test_picture_is_shown_in_the_chat_and_pasted_like_a_line(desk, carol):
    carol.page.locator("textarea").evaluate("""async (field) => {
      const canvas = new OffscreenCanvas(80, 40);
      canvas.getContext("2d").fillRect(0, 0, 80, 40);
      const blob = await canvas.convertToBlob();
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([blob], "image.png", { type: "image/png" }));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }""")
    question = carol.page.get_by_role("dialog", name="Send this?")
    expect(question).to_contain_text("screenshot-")
    assert until(lambda: question.locator("img").evaluate("(image) => image.naturalWidth") == 80)
    question.get_by_role("button", name="Send", exact=True).click()
    Side(desk).accepts()

    for side in (desk, carol, desk):
        picture = side.page.locator("[data-chat-file]:visible [data-picture]")
        expect(picture).to_be_visible()
        expect(picture).to_have_attribute("alt", re.compile(r"^screenshot-[\d-]+\.png$"))
        assert until(lambda picture=picture: picture.evaluate("(image) => image.naturalWidth") == 80)
        Side(side).reloads()


def test_dropped_on_the_room_of_a_phone(cast, desk):
    carol = cast.joins(desk.number, viewport={"width": 390, "height": 844})
    handle = carol.page.evaluate_handle("""() => {
      const data = new DataTransfer();
      data.items.add(new File(["hello"], "a very long name that does not fit in one line of a phone.txt"));
      return data;
    }""")
    carol.page.dispatch_event("[data-room]", "dragenter", {"dataTransfer": handle})
    expect(carol.page.get_by_text("Drop the files here to send them.")).to_be_visible()
    carol.page.dispatch_event("[data-room]", "drop", {"dataTransfer": handle})
    question = carol.page.get_by_role("dialog", name="Send this?")
    question.get_by_role("button", name="Cancel", exact=True).click()
    expect(Side(carol).row).to_have_count(0)
    carol.page.dispatch_event("[data-room]", "drop", {"dataTransfer": handle})
    question.get_by_role("button", name="Send", exact=True).click()
    Side(carol).reads("waiting for")
    expect(Side(carol).row.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)
    assert carol.page.evaluate("document.documentElement.scrollWidth") == 390

    Side(desk).accepts()
    Side(carol).shows("a very long name that does not fit in one line of a phone.txt")
    assert carol.page.evaluate("document.documentElement.scrollWidth") == 390
