"""Customers who wait, agents who are offered them, and managers who watch."""

from playwright.sync_api import expect

from tests.browser.help_pictures.demo import CUSTOMER
from tests.browser.help_pictures.sessions import at_work, greet
from tests.browser.help_pictures.studio import PHONE
from tests.browser.webacd import NOBODY_WAITS, Inbox, come_to

SECOND, THIRD = {"en": "Oliver", "ar": "عمر"}, {"en": "Grace", "ar": "ليلى"}


def queue(studio):
    """The form, the wait, the offer, and all of it from above."""
    language, words = studio.words.language, studio.words
    about = studio.either("The printer is offline since the update.", "الطابعة غير متصلة منذ التحديث.")
    stranger = studio.stranger()
    form = stranger.open("/queues/technical-support/")
    form.get_by_label(words("Your name"), exact=True).fill(CUSTOMER[language])
    form.get_by_role("textbox").last.fill(about)
    instead = form.get_by_role("link", name=words("Leave a message instead"), exact=True)
    studio.shoot_page("entry-form", form, until=instead, size=PHONE)
    inbox = Inbox(studio.csr("bilal"))
    try:
        come_to(stranger, name=CUSTOMER[language], about=about)
        expect(inbox.offer).to_be_visible()
        other = studio.stranger()
        said = studio.either("No sound in calls.", "لا صوت في المكالمات.")
        waiting = come_to(other, name=SECOND[language], about=said)
        inbox.offer.get_by_text(words("Why you?"), exact=True).click()
        studio.shoot_page("inbox", inbox.page)
        stop = waiting.get_by_role("button", name=words("Stop waiting"), exact=True)
        # How long it may take depends on how the day has been.
        studio.shoot_page("waiting-room", waiting, until=stop, size=PHONE, without=".waiting__number")
        monitor = studio.csr("dana").open("/webacd/monitor/")
        expect(monitor.get_by_text(SECOND[language]).first).to_be_visible()
        studio.shoot_page("monitor", monitor, size=(1280, 1000))
    finally:
        # Before they are sent elsewhere: Chromium does not always close a page that is on its way.
        studio.close_pages()
        studio.site.run(NOBODY_WAITS)
        inbox.page = inbox.csr.open("/webacd/inbox/")
        inbox.close()


def several(studio):
    """A representative with three sessions, and who sees all that runs."""
    language = studio.words.language
    with at_work(studio, "amal") as amal:
        desk = amal.start()
        customer = studio.customers().join(desk.number, CUSTOMER[language])
        other = another_session(studio, desk.page, SECOND[language])
        another_session(studio, desk.page, THIRD[language])
        tabs = tabs_of(studio, desk.page)
        tabs.first.click()
        greet(studio, desk, customer)
        other.say(studio.either("Hello, I cannot sign in.", "مرحبًا، لا أستطيع تسجيل الدخول."))
        expect(tabs.nth(1)).to_contain_text("1")
        studio.shoot("session-tabs", desk.page, size=(1440, 560))
        studio.shoot_page("home", amal.open("/"))
        studio.csr("bilal").start()
        studio.shoot_page("monitoring", studio.csr("dana").open("/sessions/monitoring/"))


def another_session(studio, page, name):
    """Its customer."""
    tabs = tabs_of(studio, page)
    before = tabs.count()
    studio.press(page, "New session")
    expect(tabs).to_have_count(before + 1)
    room = page.locator("[data-room]:not([hidden])")
    expect(room).to_have_attribute("data-connection", "live")
    customer = studio.customers().join(room.locator("[data-session-number]").inner_text(), name)
    customer.is_live()
    return customer


def tabs_of(studio, page):
    return page.get_by_role("tablist", name=studio.words("Sessions"), exact=True).get_by_role("tab")


QUEUES = {
    queue: "entry-form inbox waiting-room monitor",
    several: "session-tabs home monitoring",
}
