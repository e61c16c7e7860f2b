"""A customer for whom there is no room yet: the page keeps what was typed, and comes back by itself (E31)."""

import re

from playwright.sync_api import expect


def test_page_of_a_full_house_goes_on_by_itself(amal, customers, admin_decides, words, watch):
    watch.expect("status of 409")
    desk = amal.start()
    admin_decides(max_customers=1)
    customers.join(desk.number, name="Omar")
    stranger = customers.stranger()
    page = stranger.context.new_page()
    page.clock.install()
    page.goto(stranger.site.url + "/join/")
    page.get_by_label(words("Session number")).fill(desk.number)
    page.get_by_label(words("Your name"), exact=True).fill("Carol")
    page.locator("main").get_by_role("button", name=words("Join"), exact=True).click()
    expect(page.get_by_role("button", name=words("Try again now"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("Carol")
    admin_decides(max_customers=2)
    page.clock.fast_forward(91_000)
    page.wait_for_url(re.compile(r"/support/"))
