"""Pages on which something goes on between people."""

from playwright.sync_api import expect

from tests.browser.media.people import MediaCustomer, MediaDesk, work_tab
from tests.browser.tray import popped_out
from tests.browser.webacd import Inbox, come_to, is_helped, open_help, open_transfer
from tests.pictures import portrait


def empty_console(studio, name):
    studio.shoot(name, studio.csr("bilal").start().page)


def console(studio, name):
    desk, carol = _two(studio)
    carol.say("Good morning! My printer is offline.")
    desk.hears("Good morning!")
    desk.say("Good morning. May I see your screen?")
    carol.hears("May I see")
    studio.shoot(name, desk.page)
    studio.shoot(f"{name}-customer", carol.page)


def chat_changes(studio, name):
    """Messages that were edited and deleted, one that is being edited, one that is about to be deleted; a picture."""
    desk, carol = _two(studio)
    carol.say("My pasword is wrong.")
    carol.hears("pasword")
    carol.message.press("ArrowUp")
    carol.say("My password is wrong.")
    carol.say("It is 1234.")
    desk.hears("It is 1234.")
    carol.chat.get_by_role("button", name=studio.words("Delete message")).last.click()
    carol.page.get_by_role("button", name=studio.words("Delete"), exact=True).click()
    desk.say("I will send you a link.")
    desk.say("It works for an hour.")
    carol.hears("for an hour")
    desk.chat.get_by_role("button", name=studio.words("Delete message")).last.click()
    carol.chat.get_by_role("button", name=studio.words("Edit message")).first.click()
    studio.shoot(name, desk.page)
    studio.shoot(f"{name}-customer", carol.page)
    paste(carol.page)
    studio.shoot(f"{name}-paste", carol.page)


def chat_reactions(studio, name):
    """What messages were given, the signs to choose from, the emoji picker, and words that are found."""
    desk, carol = _two(studio)
    carol.say("It works again, thank you!")
    desk.say("You are welcome. It works because the printer has got its new address.")
    carol.hears("You are welcome.")
    react = studio.words("React")
    for person, sign in ((carol, "🙏"), (desk, "🙏"), (desk, "🎉"), (carol, "👍")):
        person.chat.get_by_role("button", name=react, exact=True).last.click()
        person.chat.locator(f"[data-sign='{sign}']").click()
    expect(carol.chat.locator("[data-reaction]")).to_have_count(3)
    carol.chat.get_by_role("button", name=react, exact=True).first.click()
    desk.page.get_by_role("button", name=studio.words("Search in the chat"), exact=True).click()
    desk.page.keyboard.type("works")
    studio.shoot(name, desk.page)
    studio.shoot(f"{name}-customer", carol.page)
    for person in (desk, carol):
        person.page.get_by_role("button", name=studio.words("Emoji"), exact=True).click()
        expect(person.page.locator("[data-emoji='😀']")).to_be_visible()
    studio.shoot(f"{name}-emoji", desk.page)
    studio.shoot(f"{name}-emoji-customer", carol.page)


def paste(page):
    """A screenshot into the chat."""
    page.locator("textarea").evaluate("""async (field) => {
      const canvas = new OffscreenCanvas(640, 360);
      canvas.getContext("2d").fillRect(0, 0, 640, 360);
      const blob = await canvas.convertToBlob();
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([blob], "image.png", { type: "image/png" }));
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }""")


def faces(studio, name):
    """One's own page without a picture and with one, and where it is shown."""
    page = studio.csr("bilal").open("/accounts/picture/")
    field = page.get_by_label(studio.words("Picture file"))
    studio.shoot(f"{name}-without", page)
    field.set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": portrait()})
    page.get_by_role("button", name=studio.words("Save the picture")).click()
    expect(page.locator(".own-face img")).to_be_visible()
    studio.shoot(name, page)
    desk, carol = _two(studio)
    studio.shoot(f"{name}-console", desk.page)
    carol.page.get_by_role("button", name=studio.words("Participants")).click()
    studio.shoot(f"{name}-customer", carol.page)
    _asks(desk)
    expect(carol.page.get_by_role("alertdialog")).to_be_visible()
    studio.shoot(f"{name}-asks", carol.page)
    desk.unfold_participants()
    studio.shoot(f"{name}-participants", desk.page)


REPLIES = """
from sessions_app.models import CannedReply
from supportcenter.accounts.models import User
for owner, shortcut, title, text, text_ar in [
    (None, "hello", "Greeting", "Hello {customer}, I am {representative}. How can I help?",
     "مرحبًا {customer}، معك {representative}. كيف أساعدك؟"),
    (None, "restart", "", "Please close the program, open it again, and tell me what you see.",
     "أغلق البرنامج من فضلك، ثم افتحه وأخبرني بما تراه."),
    (None, "hours", "Opening hours", "We are here from eight to five, Sunday to Thursday.", ""),
    (User.objects.get(username="bilal"), "شكرا", "", "", "شكرًا لصبرك {customer}."),
    (User.objects.get(username="bilal"), "bye", "", "Thank you, {customer}. Session {number} ends now.",
     "شكرًا {customer}. تنتهي الجلسة {number} الآن."),
]:
    texts = {"title": title, "text": text, "text_ar": text_ar}
    CannedReply.objects.get_or_create(owner=owner, shortcut=shortcut, defaults=texts)
"""


def canned_replies(studio, name):
    """The list above the message box, its dialog, and the page of one's own."""
    studio.site.run(REPLIES)
    desk, _carol = _two(studio)
    box = desk.page.locator("[data-chat-form] textarea")
    box.press_sequentially("/")
    expect(desk.page.get_by_role("option").first).to_be_visible()
    studio.shoot(name, desk.page)
    box.press_sequentially("xyz")
    studio.shoot(f"{name}-none", desk.page)
    box.fill("Thank you for waiting.")
    studio.shoot(f"{name}-box", desk.page)
    desk.page.get_by_role("button", name=studio.words("Save as a reply"), exact=True).click()
    studio.shoot(f"{name}-save", desk.page)
    studio.shoot(f"{name}-own", desk.person.open("/replies/"))


def participants(studio, name):
    desk, _carol = _two(studio)
    studio.csr("faris").assist(desk.number)
    desk.unfold_participants()
    studio.shoot(name, desk.page)


def notes(studio, name):
    """The console's notes, the form after the end, and the record of both."""
    studio.site.run("from sessions_app.models import Tag; Tag.objects.get_or_create(name='Printer', name_ar='طابعة')")
    desk, _carol = _two(studio)
    page, words = desk.page, studio.words
    page.get_by_role("tab", name=words("Notes")).click()
    studio.shoot(f"{name}-none", page)
    panel = page.locator("[data-notes]")
    panel.get_by_role("heading", name=words("Tracking and tags")).click()
    panel.get_by_label(words("Ticket number")).fill("INC-4711")
    panel.locator("[name=tags]").first.check()
    panel.get_by_role("button", name=words("Save"), exact=True).click()
    expect(panel.locator(".case-facts")).to_contain_text("INC-4711")
    studio.shoot(f"{name}-tracking", page)
    panel.get_by_role("heading", name=words("Tracking and tags")).click()
    for text in ("Second call this week about the printer.", "أعدنا تشغيل الطابعة ولم يتغير شيء."):
        panel.get_by_role("textbox").last.fill(text)
        panel.get_by_role("button", name=words("Add note")).click()
        expect(panel.get_by_text(text)).to_be_visible()
    studio.shoot(name, page)
    desk.end()
    studio.shoot(f"{name}-closing", page)
    page.get_by_role("button", name=words("Save the closing form")).click()
    page.get_by_role("link", name=words("Session record")).click()
    studio.shoot(f"{name}-record", page)
    page.get_by_role("link", name=words("Reports")).first.click()
    studio.shoot(f"{name}-report", page)


def commands(studio, name):
    desk, _carol = _two(studio)
    desk.page.keyboard.press("Control+k")
    studio.shoot(name, desk.page)


def invite(studio, name):
    desk, _carol = _two(studio)
    desk.page.get_by_role("button", name=studio.words("Invite"), exact=True).first.click()
    studio.shoot(name, desk.page)


def transfer(studio, name):
    desk, _carol = _two(studio)
    open_transfer(desk)
    studio.shoot(name, desk.page)


def ask_for_help(studio, name):
    """The dialog, the question on the page of who is asked, and how it stands."""
    inbox = Inbox(studio.csr("amal"))
    desk, _carol = _two(studio)
    dialog = open_help(desk)
    dialog.get_by_role("radio").last.check()
    dialog.locator("textarea").fill("Which form does she need?")
    studio.shoot(name, desk.page)
    desk.page.set_viewport_size({"width": 1280, "height": 720})
    dialog.get_by_role("button", name=studio.words("Ask for help"), exact=True).click()
    page = studio.csr("amal").open("/reports/")
    expect(page.get_by_role("article")).to_be_visible()
    studio.shoot(f"{name}-asked", page)
    studio.shoot(f"{name}-waits", desk.page)
    inbox.close()


def end(studio, name):
    desk, _carol = _two(studio)
    desk.page.get_by_role("button", name=studio.words("End session"), exact=True).first.click()
    studio.shoot(name, desk.page)


def consent(studio, name):
    desk, carol = _two(studio)
    _asks(desk)
    expect(carol.page.get_by_role("alertdialog")).to_be_visible()
    studio.shoot(f"{name}-customer", carol.page)
    studio.shoot(name, desk.page)


def everything_runs(studio, name):
    desk, carol = _two(studio)
    carol.work = work_tab(carol.page.context, "rgb(40,90,200)")
    carol.page.bring_to_front()
    _asks(desk)
    box = carol.page.get_by_role("alertdialog")
    box.get_by_role("button", name=studio.words("Allow"), exact=True).click()
    expect(desk.page.locator("[data-tile] video").first).to_be_visible()
    desk.page.get_by_role("tab", name=studio.words("Tools"), exact=True).click()
    for tool in ("Voice call", "Video"):
        desk.page.get_by_role("button", name=studio.words(tool), exact=True).first.click()
    expect(desk.page.locator(".tile[data-mine]")).to_be_visible()
    studio.shoot(name, desk.page)
    studio.shoot(f"{name}-customer", carol.page)


def two_sessions(studio, name):
    amal = studio.csr("amal")
    desk = amal.start()
    studio.customers.join(desk.number, "Carol").is_live()
    studio.customers.join(desk.number, "Omar").is_live()
    expect(desk.page.get_by_text("Omar").first).to_be_attached()
    studio.shoot(name, desk.page)


def waiting(studio, name):
    page = come_to(studio.stranger(), about="The printer is offline.")
    studio.shoot(name, page)


def offer(studio, name):
    inbox = Inbox(studio.csr("bilal"))
    come_to(studio.stranger(), about="The printer is offline.")
    expect(inbox.offer).to_be_visible()
    studio.shoot(name, inbox.page)
    inbox.close()


def handover(studio, name):
    """A session just accepted, then transferred with a message, with an assistant, and its record."""
    first = Inbox(studio.csr("amal"))
    stranger = studio.stranger()
    waiting = come_to(stranger, about="The printer is offline since the update.\nI have switched it off and on.")
    desk = MediaDesk.of(first.accept())
    carol = is_helped(stranger, waiting)
    expect(desk.page.locator("[data-handover-place] details")).to_be_visible()
    studio.shoot(f"{name}-accepted", desk.page, full_page=False)
    _asks(desk)
    carol.page.get_by_role("button", name=studio.words("Decline"), exact=True).click()
    carol.say("Good morning!")
    desk.hears("Good morning!")
    desk.page.get_by_role("tab", name=studio.words("Notes"), exact=True).click()
    panel = desk.page.locator("[data-notes]:not([hidden])")
    for text in ("Second call this week.", "Swapped the cable; the lamp blinks twice."):
        panel.get_by_role("textbox", name=studio.words("Note"), exact=True).fill(text)
        panel.get_by_role("button", name=studio.words("Add note")).click()
        expect(panel.get_by_role("listitem").filter(has_text=text)).to_have_count(1)
    second = Inbox(studio.csr("bilal"))
    dialog = open_transfer(desk)
    dialog.get_by_role("tab", name=studio.words("Agents"), exact=True).click()
    dialog.get_by_role("checkbox", name="Bilal Nasser").check()
    dialog.get_by_label(studio.words("Personal message"), exact=True).fill("She is in a hurry and knows the error.")
    dialog.get_by_role("button", name=studio.words("Transfer now"), exact=True).click()
    other = second.accept()
    expect(other.page.locator("[data-handover-place] details")).to_be_visible()
    other.is_live()
    studio.shoot(name, other.page, full_page=False)
    assistant = studio.csr("faris").assist(other.number)
    expect(assistant.page.locator("[data-handover-place] details")).to_be_visible()
    studio.shoot(f"{name}-assistant", assistant.page, full_page=False)
    other.end()
    studio.shoot(f"{name}-record", other.person.open(f"/sessions/{other.key}/record/"))
    for inbox in (first, second):
        inbox.close()


def tray(studio, name):
    desk, carol = _two(studio)
    carol.say("Good morning!")
    desk.hears("Good morning!")
    page = popped_out(desk)
    expect(page.locator("summary").first).to_be_visible()
    for size, dimensions in {"360": (360, 480), "346": (346, 346)}.items():
        page.set_viewport_size(dict(zip(("width", "height"), dimensions, strict=True)))
        file = f"{name}-{studio.words.language}-{size}.png"
        page.screenshot(path=studio.folder / file)
        studio.shots.append((name, file))


def after(studio, name):
    desk, carol = _two(studio)
    desk.end()
    carol.is_thanked()
    studio.shoot(f"{name}-customer", carol.page)
    studio.shoot(name, desk.person.open(f"/sessions/{desk.key}/"))


def _two(studio):
    """A representative, and a customer with whom they are."""
    desk = MediaDesk.of(studio.csr("bilal").start())
    carol = MediaCustomer.of(studio.customers.join(desk.number))
    carol.is_live()
    desk.is_live()
    return desk, carol


def _asks(desk):
    desk.page.get_by_role("tab", name=desk.words("Desktop"), exact=True).click()
    desk.page.get_by_role("button", name=desk.words("View customer's desktop"), exact=True).first.click()


ROOMS = {
    scene.__name__.replace("_", " "): scene
    for scene in (
        *(empty_console, console, chat_changes, chat_reactions, faces, participants, notes, canned_replies, commands),
        *(invite, transfer, ask_for_help, end, consent, everything_runs, two_sessions, waiting, offer, handover, tray),
        *(after,),
    )
}
