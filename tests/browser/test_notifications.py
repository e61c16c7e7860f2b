"""A representative is told of their sessions while they look elsewhere: once, however many pages they have (E57)."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.media.people import until

# What a page has shown and sounded, and whether anybody looks at it.
RECORD = """
  window.isAway = false;
  window.shown = [];
  window.tones = 0;
  Object.defineProperty(Document.prototype, "hidden", { get: () => window.isAway });
  Object.defineProperty(Document.prototype, "visibilityState", { get: () => (window.isAway ? "hidden" : "visible") });
  Document.prototype.hasFocus = () => !window.isAway;
  // An empty page has none.
  const registrations = globalThis.ServiceWorkerRegistration?.prototype ?? {};
  const { showNotification } = registrations;
  registrations.showNotification = function (title, options) {
    window.shown.push({ title, tag: options.tag, silent: options.silent, renotify: options.renotify });
    return showNotification.call(this, title, options);
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };
"""
GO_AWAY = """() => {
  window.isAway = true;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
TIME_STANDS_STILL = """() => {
  const now = Date.now();
  Date.now = () => now;
}"""
COME_BACK = GO_AWAY.replace("true", "false")
STANDING = """async () => {
  const [registration] = await navigator.serviceWorker.getRegistrations();
  return (await registration?.getNotifications())?.map(({ title }) => title) ?? [];
}"""
PRESS = """async (title) => {
  const shown = await self.registration.getNotifications();
  const notification = shown.find((each) => each.title === title);
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""
# A browser that has not been asked yet, and says yes.
NEVER_ASKED = """
  globalThis.Notification = class {
    static permission = "default";
    static asked = 0;
    static async requestPermission() {
      Notification.asked += 1;
      return (Notification.permission = "granted");
    }
  };
"""
BLOCKED = 'globalThis.Notification = class { static permission = "denied"; };'


class Machine:
    """A browser of one person, with some pages open that nobody looks at."""

    def __init__(self, csr):
        self.csr, self.pages = csr, []
        csr.context.grant_permissions(["notifications"], origin=csr.site.url)
        csr.context.add_init_script(RECORD)

    def use(self, page):
        """Somebody presses something on it, so that it may sound, and turns away."""
        page.locator("body").press("Shift")
        page.evaluate(GO_AWAY)
        self.pages.append(page)
        return page

    @property
    def shown(self):
        return [one for page in self.pages for one in page.evaluate("() => window.shown")]

    @property
    def tones(self):
        return sum(page.evaluate("() => window.tones") for page in self.pages)


@pytest.fixture
def told(words):
    def told(text, desk, name="Carol"):
        return words(text, name=name, number=desk.number)

    return told


TONES_OF_JOINED, TONES_OF_WROTE = 2, 1
JOINED = "{name} has joined session {number}"
WROTE = "{name} writes in session {number}"


def test_customer_who_joins_is_told_once_on_three_tabs_and_two_machines(new_csr, customers, told):
    here, there = Machine(new_csr("bilal")), Machine(new_csr("bilal"))
    desk = here.csr.start()
    desk.is_live()
    here.use(desk.page)
    for path in ("/", "/webacd/inbox/"):
        here.use(here.csr.open(path))
    for path in ("/", "/reports/"):
        there.use(there.csr.open(path))

    carol = customers.join(desk.number)
    assert until(lambda: here.shown)
    # What she writes comes after it: by then every page has heard that she joined, if it hears of it at all.
    carol.say("Hello")
    desk.hears("Hello")
    assert until(lambda: len(here.shown) == 2)
    assert [one["title"] for one in here.shown] == [told(JOINED, desk), told(WROTE, desk)]
    assert [one["silent"] for one in here.shown] == [True, True]
    assert here.tones == TONES_OF_JOINED + TONES_OF_WROTE
    assert (there.shown, there.tones) == ([], 0)


def test_further_customer_with_a_session_of_their_own_is_told_as_well(amal, customers, words, told):
    machine = Machine(amal)
    desk = amal.start()
    desk.is_live()
    machine.use(desk.page)
    first = told(JOINED, desk)
    customers.join(desk.number)
    assert until(lambda: [one["title"] for one in machine.shown] == [first])
    customers.join(desk.number, "Dave")
    tab = desk.page.get_by_role("tab", name="Dave")
    expect(tab).to_be_visible()
    dave = words(JOINED, name="Dave", number=tab.get_attribute("data-number"))
    assert until(lambda: [one["title"] for one in machine.shown] == [first, dave])


def test_several_lines_within_a_moment_make_one_notification(bilal, customers, told):
    machine = Machine(bilal)
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    machine.use(desk.page)
    desk.page.evaluate(TIME_STANDS_STILL)
    for line in ("My printer", "does not", "answer"):
        carol.say(line)
    desk.hears("answer")
    assert until(lambda: machine.shown)
    carol.say("any more")
    desk.hears("any more")
    assert {one["title"] for one in machine.shown} == {told(WROTE, desk)}
    assert [one["renotify"] for one in machine.shown].count(True) == 1
    assert machine.tones == TONES_OF_WROTE
    assert desk.page.evaluate(STANDING) == [told(WROTE, desk)]
    assert desk.page.title().startswith("(4)")

    desk.page.evaluate(COME_BACK)
    assert until(lambda: desk.page.evaluate(STANDING) == [])


def test_who_looks_and_who_writes_themselves_is_told_nothing(bilal, customers):
    machine = Machine(bilal)
    desk = bilal.start()
    machine.use(desk.page)
    desk.page.evaluate(COME_BACK)
    carol = customers.join(desk.number)
    carol.say("Hello")
    desk.hears("Hello")
    desk.page.evaluate(GO_AWAY)
    desk.say("Good morning")
    desk.hears("Good morning")
    carol.hears("Good morning")
    assert (machine.shown, machine.tones) == ([], 0)


def test_what_is_chosen_on_the_page_of_notifications_holds_at_once(bilal, customers, words, told):
    machine = Machine(bilal)
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    machine.use(desk.page)
    page = bilal.open("/notifications/")
    row = page.get_by_role("row").filter(has_text=words("Someone writes in the chat"))
    row.get_by_role("checkbox").nth(0).uncheck()
    with desk.page.expect_response("**/sessions/person/"):
        page.get_by_role("button", name=words("Save"), exact=True).click()
        expect(page.get_by_text(words("Your notifications are saved."))).to_be_visible()
    carol.say("Hello")
    assert until(lambda: machine.shown)
    assert [(one["title"], one["silent"]) for one in machine.shown] == [(told(WROTE, desk), True)]
    assert machine.tones == 0
    row.get_by_role("checkbox").nth(0).check()
    page.get_by_role("button", name=words("Save"), exact=True).click()
    expect(page.get_by_text(words("Your notifications are saved."))).to_be_visible()


def test_press_on_a_notification_leads_to_the_session_that_it_names(amal, customers, words, told):
    machine = Machine(amal)
    desk = amal.start()
    customers.join(desk.number)
    other = customers.join(desk.number, "Dave")
    tab = desk.page.get_by_role("tab", name="Dave")
    expect(tab).to_be_visible()
    expect(tab).to_have_attribute("data-connection", "live")
    first = desk.page.get_by_role("tab", name="Carol")
    first.click()
    number = tab.get_attribute("data-number")
    machine.use(desk.page)
    other.say("Hello")
    title = words(WROTE, name="Dave", number=number)
    assert until(lambda: title in desk.page.evaluate(STANDING))
    expect(first).to_have_attribute("aria-selected", "true")

    [worker] = amal.context.service_workers
    worker.evaluate(PRESS, title)
    expect(tab).to_have_attribute("aria-selected", "true")


def test_press_on_a_notification_leads_out_of_a_dialog_of_another_session(amal, customers, words, told):
    machine = Machine(amal)
    desk = amal.start()
    customers.join(desk.number)
    other = customers.join(desk.number, "Dave")
    tab = desk.page.get_by_role("tab", name="Dave")
    expect(tab).to_have_attribute("data-connection", "live")
    first = desk.page.get_by_role("tab", name="Carol")
    first.click()
    end = desk.page.get_by_role("button", name=words("End session"), exact=True)
    end.and_(desk.page.locator(":visible")).first.click()
    expect(desk.page.locator("dialog[open]")).to_be_visible()
    number = tab.get_attribute("data-number")
    machine.use(desk.page)
    other.say("Hello")
    title = words(WROTE, name="Dave", number=number)
    assert until(lambda: title in desk.page.evaluate(STANDING))

    [worker] = amal.context.service_workers
    worker.evaluate(PRESS, title)
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)
    first.click()
    expect(first).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(("answer", "asked"), [("Turn on", 1), ("Not now", 0)])
def test_first_session_asks_whether_to_tell_and_no_later_one(bilal, words, answer, asked):
    bilal.context.add_init_script(NEVER_ASKED)
    desk = bilal.start()
    line = desk.page.get_by_text(words("Be told when a customer joins while you work elsewhere."))
    expect(line).to_be_visible()
    assert serious_faults(desk.page) == []
    desk.page.get_by_role("button", name=words(answer), exact=True).click()
    expect(line).to_be_hidden()
    assert desk.page.evaluate("() => Notification.asked") == asked
    desk.reload()
    expect(line).to_be_hidden()


def test_question_leaves_the_number_in_sight_on_a_phone(bilal, words):
    bilal.context.add_init_script(NEVER_ASKED)
    desk = bilal.start()
    desk.page.set_viewport_size({"width": 390, "height": 844})
    question = desk.page.locator("[data-notification-question]")
    expect(question).to_be_visible()
    stage, asked = (each.bounding_box() for each in (desk.page.locator("[data-stage]"), question))
    assert asked["y"] >= stage["y"] + stage["height"]
    desk.page.get_by_role("button", name=words("Not now"), exact=True).click()
    expect(question).to_be_hidden()


def test_page_tries_out_what_it_says(bilal, words):
    machine = Machine(bilal)
    page = bilal.open("/notifications/")
    expect(page.get_by_text(words("This browser shows notifications of this site."))).to_be_visible()
    page.get_by_role("button", name=words("Test"), exact=True).click()
    expect(page.get_by_text(words("You have heard the sound for “A customer joins”."))).to_be_visible()
    machine.pages.append(page)
    assert ([one["title"] for one in machine.shown], machine.tones) == (
        [words("This is how a notification looks")],
        TONES_OF_JOINED,
    )
    assert page.locator("input[data-time-zone]").input_value() == page.evaluate(
        "() => Intl.DateTimeFormat().resolvedOptions().timeZone"
    )
    assert serious_faults(page) == []


def test_page_says_what_to_do_where_the_browser_blocks_them(bilal, words):
    bilal.context.add_init_script(BLOCKED)
    page = bilal.open("/notifications/")
    expect(page.get_by_text(words("This browser blocks notifications of this site."))).to_be_visible()
    expect(page.get_by_role("button", name=words("Allow notifications"))).to_be_hidden()
    assert serious_faults(page) == []
