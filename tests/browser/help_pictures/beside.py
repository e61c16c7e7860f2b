"""What is written, kept and opened beside the stage."""

from playwright.sync_api import expect

from tests.browser.help_pictures.demo import CAME
from tests.browser.help_pictures.sessions import at_work, drawer, greet, meet
from tests.browser.help_pictures.studio import resize
from tests.browser.tray import popped_out
from tests.browser.webacd import open_transfer


def in_the_drawer(studio):
    with at_work(studio, "bilal") as bilal:
        desk, customer = meet(studio, bilal)
        greet(studio, desk, customer)
        show_customer(studio, desk)
        write_notes(studio, desk)
        studio.press(drawer(desk), "Chat", "tab")
        desk.message.press_sequentially("/")
        expect(desk.page.get_by_role("option").first).to_be_visible()
        studio.shoot("canned-replies", desk.page, drawer(desk), air=0, size=(1280, 760))
        desk.page.keyboard.press("Backspace")
        offer_file(studio, desk)
        box = customer.page.get_by_role("alertdialog")
        expect(box).to_be_visible()
        studio.shoot("file-offer", customer.page, customer.page.get_by_role("banner"), box)
        studio.press(box, "Decline")
        tray = popped_out(desk, {"width": 360, "height": 190})
        expect(tray.get_by_role("button", name=studio.words("File transfer"), exact=True)).to_be_visible()
        studio.shoot("tray", tray)


def show_customer(studio, desk):
    studio.site.run(CAME.format(about=studio.either("The printer is offline.", "الطابعة غير متصلة.")))
    desk.reload()
    studio.press(drawer(desk), "Customer", "tab")
    earlier = studio.words("Earlier sessions", context="of a customer")
    expect(drawer(desk).get_by_role("region", name=earlier, exact=True)).to_be_visible()
    # What she came with stands in the panel, too.
    drawer(desk).get_by_role("heading", name=studio.words("Request details"), exact=True).click()
    studio.shoot("customer-panel", desk.page, drawer(desk), air=0, size=(1280, 860))


def write_notes(studio, desk):
    words, panel = studio.words, drawer(desk).get_by_role("tabpanel", name=studio.words("Notes"), exact=True)
    studio.press(drawer(desk), "Notes", "tab")
    panel.get_by_role("heading", name=words("Tracking and tags"), exact=True).click()
    panel.get_by_label(studio.either("Ticket number", "رقم التذكرة"), exact=True).fill("INC-4711")
    panel.get_by_role("checkbox", name=studio.either("Printer", "طابعة"), exact=True).check()
    studio.press(panel, "Save")
    expect(panel.locator(".case-facts")).to_contain_text("INC-4711")
    panel.get_by_role("heading", name=words("Tracking and tags"), exact=True).click()
    for text in (
        studio.either("Second call this week about the printer.", "المكالمة الثانية هذا الأسبوع بشأن الطابعة."),
        studio.either("Set the port again; the test page prints.", "ضُبط المنفذ من جديد، وطُبعت صفحة الاختبار."),
    ):
        panel.get_by_role("textbox", name=words("Note"), exact=True).fill(text)
        studio.press(panel, "Add note")
        expect(panel.get_by_text(text)).to_be_visible()
    studio.shoot("notes", desk.page, drawer(desk), air=0, size=(1280, 660))


def offer_file(studio, desk):
    name = studio.either("printer-guide.pdf", "دليل-الطابعة.pdf")
    studio.press(desk.page, "Tools", "tab")
    tools = desk.page.get_by_role("tabpanel", name=studio.words("Tools"), exact=True)
    with desk.page.expect_file_chooser() as chooser:
        studio.press(tools, "File transfer")
    chooser.value.set_files({"name": name, "mimeType": "application/pdf", "buffer": bytes(1_400_000)})


def over_the_console(studio):
    """Dialogs over a session that goes on."""
    with at_work(studio, "bilal") as bilal, at_work(studio, "amal"):
        desk, customer = meet(studio, bilal)
        page, words = desk.page, studio.words
        greet(studio, desk, customer)
        page.keyboard.press("Control+k")
        studio.shoot("commands", page, page.get_by_role("dialog", name=words("Commands"), exact=True), air=8)
        page.keyboard.press("Escape")
        invite(studio, desk)
        dialog = open_transfer(desk)
        studio.press(dialog, "Agents", "tab")
        dialog.get_by_role("checkbox").first.check()
        message = studio.either(
            "The printer is back; a question about the invoice.", "عادت الطابعة، وبقي سؤال عن الفاتورة."
        )
        dialog.get_by_label(words("Personal message"), exact=True).fill(message)
        studio.shoot("transfer-session", page, dialog, air=8)
        studio.press(dialog, "Cancel")
        record(studio, desk)


def invite(studio, desk):
    page, words = desk.page, studio.words
    studio.press(page, "Tools", "tab")
    studio.press(page.get_by_role("tabpanel", name=words("Tools"), exact=True), "Invite")
    panel = page.get_by_role("dialog", name=words("Invite", context="panel title"), exact=True)
    panel.get_by_label(words("Recipient's email address"), exact=True).fill("omar@example.com")
    studio.press(panel, "OK")
    expect(panel.get_by_text(words("Sent"), exact=True)).to_be_visible()
    resize(page, (1280, 1000))
    # It would scroll; the picture shows all of it.
    panel.evaluate("(dialog) => { dialog.style.maxBlockSize = 'none'; }")
    studio.shoot("invite-panel", page, panel, air=8, without=".invite__link")
    page.keyboard.press("Escape")


def record(studio, desk):
    page, words = desk.page, studio.words
    studio.press(page, "Tools", "tab")
    studio.press(page.get_by_role("tabpanel", name=words("Tools"), exact=True), "Recording")
    studio.press(page.get_by_role("dialog", name=words("Record this session?"), exact=True), "Start recording")
    expect(page.locator('[data-recording-sign][data-state="running"]')).to_be_visible(timeout=20_000)
    studio.shoot("recording", page, size=(1280, 560))


BESIDE = {
    in_the_drawer: "customer-panel notes canned-replies file-offer tray",
    over_the_console: "commands invite-panel transfer-session recording",
}
