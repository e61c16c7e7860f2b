"""An offer reaches a device on which no page of the site is open; on one with a page it is told once (E65)."""

from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.media.people import until
from tests.browser.test_notifications import GO_AWAY, Machine
from tests.browser.webacd import come_to, is_helped
from tests.push_service import claims_of

OFFER = "A customer is waiting for you"


def test_offer_is_shown_where_no_page_is_open_and_a_press_leads_to_it(
    new_csr, bilal, customers, words, at_work, phone, site
):
    at_work(new_csr("bilal"))
    phone.close(phone.open())
    stranger = customers.stranger()
    waiting = come_to(stranger)

    news = phone.deliver(until)
    key = phone.csr.context.request.get(f"{site.url}/notifications/push/").json()["key"]
    assert claims_of(phone.device.headers[-1], key)["aud"] == phone.device.service.origin
    assert until(lambda: phone.shown)
    [shown] = phone.shown
    facts = (shown["title"], shown["tag"], shown["lang"], shown["dir"])
    direction = "rtl" if words.language == "ar" else "ltr"
    assert facts == (words(OFFER), news["tag"], words.language, direction)
    assert shown["silent"] is not True

    address = phone.press(news["tag"], until)
    assert address == f"{site.url}/webacd/inbox/"
    assert until(lambda: phone.shown == [])
    page = bilal.context.new_page()
    page.goto(address)
    page.get_by_role("article").get_by_role("button", name=words("Accept"), exact=True).click()
    is_helped(stranger, waiting)


def test_page_in_sight_tells_it_alone(bilal, customers, words, at_work, phone):
    inbox = at_work(bilal)
    come_to(customers.stranger())
    expect(inbox.offer).to_contain_text("Carol")
    news = phone.deliver(until)
    # What follows it is shown, so it has been heard by then.
    phone.hand_over({**news, "tag": "trial", "always": True})
    assert until(lambda: phone.shown)
    assert [each["tag"] for each in phone.shown] == ["trial"]


def test_page_out_of_sight_has_told_it_and_the_push_says_nothing_more(bilal, customers, words, at_work, phone):
    machine = Machine(bilal)
    inbox = at_work(bilal)
    inbox.page.evaluate(GO_AWAY)
    machine.pages.append(inbox.page)
    come_to(customers.stranger())
    assert until(lambda: machine.shown)
    news = phone.deliver(until)
    phone.hand_over({**news, "tag": "trial", "always": True})
    assert until(lambda: len(phone.shown) == 2)
    [offer] = [each for each in phone.shown if each["tag"] == news["tag"]]
    assert offer["title"] == words(OFFER)
    assert offer["silent"] is True


def test_settings_say_how_it_stands_and_send_a_test_that_the_push_service_takes(bilal, words, phone, push_service):
    page = phone.open("/notifications/")
    panel = page.get_by_role("group", name=words("When no page of this site is open"))
    on = "Offers, and colleagues’ questions, are also shown when no page of this site is open on this device."
    expect(panel.get_by_text(words(on))).to_be_visible()
    asked = page.evaluate("() => window.subscribedWith")
    assert asked["userVisibleOnly"] is True
    assert serious_faults(page) == []

    push_service.status = 403
    panel.get_by_role("button", name=words("Send a test"), exact=True).click()
    refused = words("Not sent: {fault}.").replace("{fault}", words("the push service refused it"))
    expect(page.get_by_text(refused)).to_be_visible()
    push_service.status = 201
    panel.get_by_role("button", name=words("Send a test"), exact=True).click()
    expect(page.get_by_text(words("Sent: the push service has taken the test."))).to_be_visible()
    news = phone.deliver(until)
    assert until(lambda: [each["title"] for each in phone.shown] == [words("This is how a notification looks")])
    assert news["url"] == "/notifications/"

    panel.get_by_role("button", name=words("Turn off on this device"), exact=True).click()
    off = "Switched off on this device: you are told only while a page of this site is open."
    expect(panel.get_by_text(words(off))).to_be_visible()
    page.reload()
    expect(panel.get_by_text(words(off))).to_be_visible()
    assert bilal.context.request.get(f"{bilal.site.url}/notifications/push/").json()["endpoint"] == ""
    panel.get_by_role("button", name=words("Turn on"), exact=True).click()
    expect(panel.get_by_text(words(on))).to_be_visible()


def test_browser_that_exchanges_its_subscription_tells_the_site(bilal, phone, push_service):
    phone.close(phone.open())
    later = type(phone.device)(push_service, "later")
    phone.worker.evaluate(
        """({ endpoint, p256dh, auth }) => {
          const event = new ExtendableEvent("pushsubscriptionchange");
          event.newSubscription = { toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
          self.dispatchEvent(event);
        }""",
        later.fields,
    )
    known = f"{bilal.site.url}/notifications/push/"
    assert until(lambda: bilal.context.request.get(known).json()["endpoint"] == later.endpoint)


def test_site_can_be_installed_in_the_language_of_its_reader(bilal, words, site):
    page = bilal.open("/")
    session = bilal.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"] == f"{site.url}/manifest.webmanifest?language={words.language}"
    assert f'"lang": "{words.language}"' in told["data"]
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The browser of a test keeps nothing, which is said to be in its way.
    assert [each["errorId"] for each in found if each["errorId"] != "in-incognito"] == []
