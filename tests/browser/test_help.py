"""The help centre: found from where one works, searched, read by everyone; no topic has a fault (E75)."""

import pytest
from playwright.sync_api import expect

from supportcenter.help.contents import TOPICS
from tests.browser.faults import serious_faults

ARABIC_QUESTION = "كيف أنقل الجلسة إلى زميل"
HALVES = {"first half": TOPICS[::2], "second half": TOPICS[1::2]}


@pytest.mark.parametrize("half", HALVES)
def test_no_topic_has_a_fault(customers, words, half):
    person = customers.stranger()
    page = person.open("/help/")
    faults = []
    for slug in HALVES[half]:
        page.goto(f"{person.site.url}/help/{slug}/")
        assert page.locator("html").get_attribute("dir") == ("rtl" if words.language == "ar" else "ltr")
        faults += serious_faults(page)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{slug} is too wide at {width}")
    assert faults == []


def test_help_beside_a_panel_opens_its_topic_and_the_session_goes_on(bilal, words):
    desk = bilal.start()
    desk.page.get_by_role("button", name=words("Invite"), exact=True).click()
    panel = desk.page.get_by_role("dialog")
    beside = panel.locator(".help-link")
    with desk.page.context.expect_page() as opened:
        beside.click()
    topic = opened.value
    expect(topic).to_have_url(f"{bilal.site.url}/help/invite/")
    title = topic.get_by_role("heading", level=1).inner_text()
    expect(beside).to_have_accessible_name(words("Help: %(name)s") % {"name": title})
    topic.close()
    desk.page.keyboard.press("Escape")
    desk.is_live()


def test_a_question_is_answered_by_keyboard(amal, words):
    page = amal.open("/")
    page.get_by_role("banner").get_by_role("link", name=words("Help"), exact=True).click()
    find = page.get_by_role("searchbox", name=words("Search the help"), exact=True)
    find.fill(ARABIC_QUESTION if words.language == "ar" else "How do I pass control to a colleague?")
    find.press("Enter")
    first = page.locator(".help-result").first.get_by_role("link")
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/transfer-control/**")


def test_a_link_to_a_section_shows_it_below_the_bar(customers):
    person = customers.stranger()
    page = person.open("/help/when-something-fails/#sound")
    box = page.locator("#sound").bounding_box()
    bar = page.get_by_role("banner").bounding_box()
    assert bar["y"] + bar["height"] <= box["y"] < 400


def test_print_is_offered_and_leaves_out_what_leads_elsewhere(customers, words):
    page = customers.stranger().open("/help/invite/")
    expect(page.get_by_role("button", name=words("Print"), exact=True)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name=words("Print"), exact=True)).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("article")).to_be_visible()


def test_a_refusal_leads_to_what_it_means(new_csr, watch, words):
    watch.expect("status of 403")
    eve = new_csr("eve")
    page = eve.open("/sessions/start/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=words("What does this mean?"), exact=True).click()
    expect(opened.value.locator("#not-a-csr")).to_be_in_viewport()
