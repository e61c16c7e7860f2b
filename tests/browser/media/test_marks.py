"""Pointing, drawing, snapshots, and the size of the picture."""

from playwright.sync_api import expect

from tests.browser.media.people import until

RED = (255, 0, 0)
SCREEN = "Bilal Nasser’s screen"


def test_everybody_marks_and_it_goes_with_the_share(cast):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    desk.shares_desktop()
    carol.sees(SCREEN, RED)
    tile = carol.page.locator("[data-tile]")
    box = tile.locator("[data-annotations]").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    tile.get_by_role("button", name="Point", exact=True).click()
    carol.page.mouse.move(*middle)
    carol.page.mouse.move(middle[0] + 10, middle[1])
    mine = desk.page.locator("[data-tile] [data-annotations]")
    expect(mine).to_have_attribute("data-pointers", "Carol")

    tile.locator("[data-view]").press("ArrowRight")
    expect(mine).to_have_attribute("data-pointers", "Carol")

    tile.get_by_role("button", name="Draw", exact=True).click()
    carol.page.mouse.move(*middle)
    carol.page.mouse.down()
    carol.page.mouse.move(middle[0] + 60, middle[1] + 40, steps=8)
    carol.page.mouse.up()
    expect(mine).to_have_attribute("data-strokes", "1")

    with carol.page.expect_download() as saved:
        tile.get_by_role("button", name="Save a snapshot").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")

    larger = tile.get_by_role("button", name="Larger")
    larger.click()
    expect(tile.get_by_role("button", name="Fit")).to_have_attribute("aria-pressed", "false")
    tile.get_by_role("button", name="Fit").click()

    tile.get_by_role("button", name="Clear the drawing").click()
    expect(mine).to_have_attribute("data-strokes", "0")
    desk.stops()
    carol.sees_nothing()


def test_full_screen_by_keyboard(cast):
    desk = cast.starts_with_tab("bilal")
    carol = cast.joins(desk.number)
    desk.shares_desktop()
    carol.sees(SCREEN, RED)

    button = carol.page.locator("[data-tile]").get_by_role("button", name="Full screen")
    button.focus()
    button.press("Enter")

    assert until(lambda: carol.page.evaluate("document.fullscreenElement?.matches('[data-tile]')"))
    desk.stops()
    carol.sees_nothing()
    assert carol.page.evaluate("document.fullscreenElement === null")
