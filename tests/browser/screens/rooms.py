"""Pages on which something goes on between people."""

from playwright.sync_api import expect

from tests.browser.media.people import MediaCustomer, MediaDesk, work_tab
from tests.browser.tray import popped_out
from tests.browser.webacd import Inbox, come_to, open_transfer
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


def invite(studio, name):
    desk, _carol = _two(studio)
    desk.page.get_by_role("button", name=studio.words("Invite"), exact=True).first.click()
    studio.shoot(name, desk.page)


def transfer(studio, name):
    desk, _carol = _two(studio)
    open_transfer(desk)
    studio.shoot(name, desk.page)


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
        *(
            empty_console,
            console,
            faces,
            participants,
            notes,
            invite,
            transfer,
            end,
            consent,
            everything_runs,
            two_sessions,
        ),
        *(waiting, offer, tray, after),
    )
}
