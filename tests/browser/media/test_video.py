"""Cameras: the representative's own, the customer's with consent; kept through a reload, ended by a transfer."""

import re

from playwright.sync_api import expect

from tests.browser.media.people import until


def moves(side, caption):
    """A picture whose frames go on coming, as a camera's do."""
    seen = {None}

    def goes_on():
        seen.add(side.frames(caption))
        return len(seen) > 4

    return until(goes_on)


def test_cameras_both_ways_and_off_at_a_transfer(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    cast.assists("amal", desk.number)
    desk.button("Video").click()
    assert moves(carol, "Bilal Nasser’s camera")
    expect(desk.button("Video")).to_have_attribute("aria-pressed", "true")

    desk.button("Ask for the camera").click()
    carol.allows()
    assert moves(desk, "Carol’s camera")
    expect(carol.page.get_by_text(re.compile("Bilal Nasser.* can see your camera"))).to_be_visible()

    desk.transfers_control_to("Amal Haddad")
    for side in (desk, carol):
        side.sees_nothing()
    desk.tab("Tools")
    expect(desk.button("Video")).to_have_attribute("aria-pressed", "false")


def test_camera_goes_on_after_its_owner_has_reloaded(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    desk.button("Ask for the camera").click()
    carol.allows()
    assert moves(desk, "Carol’s camera")

    carol.reload()

    assert moves(desk, "Carol’s camera")
    carol.button("Turn the camera off").click()
    desk.sees_nothing()


def test_devices_are_chosen_with_a_preview_and_remembered(cast):
    desk = cast.starts("bilal")
    desk.button("Devices").click()
    dialog = desk.page.get_by_role("dialog", name="Camera and microphone")
    camera = dialog.get_by_label("Camera", exact=True)
    expect(camera.locator("option")).not_to_have_count(0)
    assert until(lambda: dialog.locator("video").evaluate("(video) => video.videoWidth > 0"))

    chosen = camera.locator("option").first.get_attribute("value")
    camera.select_option(chosen)
    camera.dispatch_event("change")

    dialog.get_by_role("button", name="Done").click()
    assert desk.page.evaluate("localStorage.getItem('device.videoinput')") == chosen
    shown = "document.querySelector('[data-preview]').srcObject.getTracks()[0].readyState"
    assert until(lambda: desk.page.evaluate(shown) == "ended")
