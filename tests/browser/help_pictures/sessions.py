"""A representative, a colleague and a customer in one session."""

from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.help_pictures.demo import CUSTOMER
from tests.browser.help_pictures.studio import PHONE, content_of, resize
from tests.browser.help_pictures.work import draw_ring, work_tab
from tests.browser.media.people import MediaCustomer, MediaDesk
from tests.browser.webacd import Inbox


@contextmanager
def at_work(studio, username):
    """An agent who is available, and goes home after the scene."""
    inbox = Inbox(studio.csr(username))
    try:
        yield inbox.csr
    finally:
        inbox.close()


def meet(studio, csr, size=PHONE):
    """A representative, and a customer with whom they are."""
    desk = MediaDesk.of(csr.start())
    customer = MediaCustomer.of(studio.customers(size).join(desk.number, CUSTOMER[studio.words.language]))
    customer.is_live()
    desk.is_live()
    return desk, customer


def say(lines):
    """Each line after the one before has arrived. `lines`: who says it, and the text."""
    people = {person for person, _text in lines}
    for person, text in lines:
        person.say(text)
        for each in people:
            each.hears(text)


def greet(studio, desk, customer):
    trouble = studio.either(
        "Good morning! My printer has been offline since yesterday.", "صباح الخير! طابعتي غير متصلة منذ أمس."
    )
    asked = studio.either(
        "Good morning! May I see your screen? You will be asked first.",
        "صباح النور! هل تسمح لي برؤية شاشتك؟ ستُسأل أولًا.",
    )
    say([(customer, trouble), (desk, asked), (customer, studio.either("Yes, of course.", "نعم، بالتأكيد."))])


def drawer(desk):
    name = desk.words("Conversation, customer, notes and files")
    return desk.page.get_by_role("complementary", name=name, exact=True)


def stage(desk):
    return desk.page.get_by_role("region", name=desk.words("Shared screen and video"), exact=True)


def together(studio):
    """From the first word to the record."""
    with at_work(studio, "bilal") as bilal:
        desk, customer = meet(studio, bilal)
        greet(studio, desk, customer)
        studio.shoot("remote-support", customer.page)
        share(studio, desk, customer)
        studio.csr("faris").assist(desk.number)
        show_people(studio, desk)
        end(studio, desk, customer)


def share(studio, desk, customer):
    page = desk.page
    resize(customer.page, (1000, 760))
    customer.work = work_tab(customer.page.context, studio.words)
    customer.page.bring_to_front()
    studio.press(page, "Desktop", "tab")
    studio.press(page, "View customer's desktop")
    box = customer.page.get_by_role("alertdialog")
    expect(box).to_be_visible()
    studio.shoot("consent", customer.page, customer.page.get_by_role("banner"), box)
    studio.press(box, "Allow")
    expect(page.locator("[data-tile] video").first).to_be_visible()
    asked = studio.either("I can see it. Please choose the office printer.", "أراها الآن. اختر طابعة المكتب من فضلك.")
    say([(desk, asked), (customer, studio.either("It prints again. Thank you!", "عادت تطبع. شكرًا لك!"))])
    studio.press(page, "Tools", "tab")
    studio.shoot("console", page)
    studio.press(stage(desk), "Draw")
    draw_ring(page, stage(desk).get_by_role("group", name=studio.words("Picture"), exact=True).first, studio.words)
    studio.shoot("sharing", page, stage(desk), air=0)
    studio.press(stage(desk), "Draw")
    studio.shoot("chat", page, drawer(desk), air=0, size=(1280, 760))
    resize(page, (1280, 800))
    studio.press(customer.page, "Stop sharing")
    expect(page.locator("[data-tile]")).to_have_count(0)


def show_people(studio, desk):
    page, words = desk.page, studio.words
    desk.unfold_participants()
    people = page.get_by_role("region", name=words("Participants"), exact=True)
    expect(people.get_by_role("listitem")).to_have_count(3)
    buttons = [page.get_by_role("button", name=words(name)).first for name in ("Session number", "Participants")]
    studio.shoot("participants", page, *buttons, people, air=10)
    page.keyboard.press("Escape")
    studio.press(page, "Session", "tab")
    panel = page.get_by_role("tabpanel", name=words("Session"), exact=True)
    studio.press(panel, "More transfer options")
    studio.press(page, "Transfer Control", "menuitem")
    studio.shoot("transfer-control", page, page.get_by_role("dialog", name=words("Transfer Control")), air=8)
    page.keyboard.press("Escape")


def end(studio, desk, customer):
    page, words = desk.page, studio.words
    desk.end()
    form = page.get_by_role("region", name=words("Closing form"), exact=True)
    form.get_by_label(words("Reason"), exact=True).select_option(index=1)
    form.get_by_label(studio.either("Ticket number", "رقم التذكرة"), exact=True).fill("INC-4711")
    form.get_by_role("checkbox", name=studio.either("Printer", "طابعة"), exact=True).check()
    form.get_by_label(words("Note"), exact=True).fill(studio.either("The port was wrong.", "كان المنفذ خاطئًا."))
    resize(page, (1280, 1600))
    studio.shoot("closing-form", page, *content_of(page), without=".summary dd")
    studio.press(form, "Save the closing form")
    studio.press(page, "Session record", "link")
    chat = page.get_by_role("region", name=words("Chat"), exact=True)
    # For how long something went on is another at every run, and with it what follows the number.
    studio.shoot_page("session-record", page, until=chat, size=(1280, 1400), without=".tried")
    customer.is_thanked()
    resize(customer.page, (720, 2400))
    receipt = customer.page.get_by_role("region", name=words("Receipt of your support session"), exact=True)
    studio.shoot("receipt", customer.page, receipt, without=".receipt__what")


SESSIONS = {
    together: "remote-support consent console sharing chat participants transfer-control closing-form "
    "session-record receipt",
}
