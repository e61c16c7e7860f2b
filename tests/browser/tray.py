"""The icon tray in a window, which a browser may make as small as it likes."""

AS_POPUP = "delete window.documentPictureInPicture"
# What some browsers give at most.
SMALL = {"width": 346, "height": 346}
# What cannot be pressed in a window of this size: cut off, under something else, or smaller than a finger.
OUT_OF_REACH = """() => {
  const controls = [...document.querySelectorAll("button, summary, textarea, input:not([type=hidden])")];
  return controls.filter((one) => one.checkVisibility()).filter((one) => {
    one.scrollIntoView({ block: "nearest", inline: "nearest" });
    const box = one.getBoundingClientRect();
    const isInside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight + 1;
    const isLarge = box.width >= 24 && box.height >= 24;
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !isInside || !isLarge || !one.contains(there);
  }).map((one) => `${one.outerHTML.slice(0, 160)} ${JSON.stringify(one.getBoundingClientRect())}`);
}"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


def popped_out(desk, size=None):
    """The tray's page; a small one is a popup, so that its size can be chosen."""
    with desk.page.context.expect_page() as opened:
        desk.page.get_by_role("button", name=desk.words("Pop out tray"), exact=True).click()
    tray = opened.value
    if size:
        tray.set_viewport_size(size)
    return tray


def menu(tray, name):
    return tray.locator("summary").filter(has_text=name).first


def fits(tray):
    """Nothing is wider than the window, and every control can be pressed, if need be after scrolling."""
    tray.mouse.move(1, 1)
    too_wide, out_of_reach = tray.evaluate(TOO_WIDE), tray.evaluate(OUT_OF_REACH)
    assert too_wide <= 0, f"{too_wide} px"
    assert not out_of_reach, out_of_reach
