"""Notes, tracking and tags in the console, and the closing form: live for colleagues, nowhere for customers."""

import pytest
from playwright.sync_api import expect

SECRETS = ("Second call this week", "INC-4711", "Wireless printers", "Swapped the cable")


@pytest.fixture
def tagged(site):
    """The site has a tag."""
    tag = "from sessions_app.models import Tag; Tag.objects"
    site.run(f"{tag}.create(name='Wireless printers', name_ar='Wireless printers')")
    yield
    site.run(f"{tag}.all().delete()")


def open_notes(desk):
    desk.page.get_by_role("tab", name=desk.words("Notes")).click()
    panel = desk.page.locator("[data-notes]:not([hidden])")
    expect(panel.get_by_text(desk.words("No notes yet.")).or_(panel.get_by_role("list").first)).to_be_visible()
    return panel


def told(page):
    """Every frame that comes to a page from now on."""
    frames = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    page.reload()
    return frames


@pytest.mark.usefixtures("tagged")
def test_colleagues_share_notes_and_the_customer_gets_none(bilal, faris, customers, words, admin_decides, watch):
    watch.expect("status of 422")
    admin_decides(closing="required")
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    frames = told(carol.page)
    carol.is_live()
    helper = faris.assist(desk.number)
    helper.is_live()

    panel = open_notes(desk)
    panel.get_by_role("heading", name=words("Tracking and tags")).click()
    panel.get_by_label(words("Ticket number")).fill("INC-4711")
    panel.get_by_text("Wireless printers").click()
    panel.get_by_role("button", name=words("Save"), exact=True).click()
    expect(panel.locator(".case-facts")).to_contain_text("INC-4711")
    expect(panel.locator(".case-facts")).to_contain_text("Wireless printers")
    panel.get_by_role("textbox", name=words("Note"), exact=True).fill("Second call this week")
    panel.get_by_role("button", name=words("Add note")).click()
    expect(panel.get_by_role("listitem").filter(has_text="Second call this week")).to_have_count(1)
    expect(panel.get_by_role("textbox", name=words("Note"), exact=True)).to_have_value("")

    # The assistant looks at the chat: a mark says that there is something new.
    mark = helper.page.locator("[data-notes-news]")
    expect(mark).to_be_visible()
    theirs = open_notes(helper)
    expect(mark).to_be_hidden()
    expect(theirs.get_by_role("listitem").filter(has_text="Second call this week")).to_have_count(1)
    expect(theirs.locator(".case-facts")).to_contain_text("INC-4711")

    carol.say("Are you still there?")
    desk.page.get_by_role("tab", name=words("Chat")).click()
    desk.hears("Are you still there?")
    assert any("Are you still there?" in frame for frame in frames)

    desk.end()
    page = desk.page
    form = page.get_by_role("region", name=words("Closing form"))
    expect(form.get_by_label(words("Ticket number"))).to_have_value("INC-4711")
    form.get_by_role("button", name=words("Save the closing form")).click()
    # A reason is required here.
    expect(form.locator(".errorlist")).to_be_visible()
    form.get_by_label(words("Reason")).select_option(index=1)
    form.get_by_role("textbox", name=words("Note"), exact=True).fill("Swapped the cable")
    form.get_by_role("button", name=words("Save the closing form")).click()
    expect(form.get_by_role("status")).to_be_visible()
    page.get_by_role("link", name=words("Session record")).click()
    kept = page.get_by_role("region", name=words("Notes and tags"))
    for secret in SECRETS:
        expect(kept).to_contain_text(secret)

    carol.is_thanked()
    for secret in SECRETS:
        assert not any(secret in frame for frame in frames)
        expect(carol.page.locator("body")).not_to_contain_text(secret)


def test_what_is_half_written_stays_while_others_write(bilal, faris, customers, words):
    desk = bilal.start()
    helper = faris.assist(desk.number)
    helper.is_live()
    mine, theirs = open_notes(desk), open_notes(helper)
    mine.get_by_role("textbox", name=words("Note"), exact=True).fill("Half a")
    theirs.get_by_role("textbox", name=words("Note"), exact=True).fill("I know this one")
    theirs.get_by_role("button", name=words("Add note")).click()
    expect(mine.get_by_role("listitem").filter(has_text="I know this one")).to_have_count(1)
    expect(mine.get_by_role("textbox", name=words("Note"), exact=True)).to_have_value("Half a")
