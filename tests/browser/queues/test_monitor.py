"""A manager moves a waiting customer to another queue: in the monitor's dialog, or on a page without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.webacd import AMAL_WATCHES, QUEUE, come_to

INVOICES = f"""{QUEUE}
facts = {{"name": "Old invoices", "is_active": True}}
Queue.objects.update_or_create(slug="old-invoices", defaults=facts)
"""
NO_INVOICES = f"{QUEUE}Queue.objects.filter(slug='old-invoices').update(is_active=False)\n"
AMAL_WATCHES_BOTH = (
    f"{AMAL_WATCHES}Queue.objects.get(slug='old-invoices').managers.add(User.objects.get(username='amal'))\n"
)


@pytest.fixture
def two_queues(site, decide):
    decide(INVOICES)
    decide(AMAL_WATCHES_BOTH)
    yield
    site.run(NO_INVOICES + "Queue.objects.get(slug='old-invoices').managers.clear()\n")


def waiting_in(page, words):
    return page.get_by_role("region", name=words("Waiting customers")).get_by_role("heading", level=3)


def test_customer_is_moved_in_a_dialog_by_keyboard(amal, customers, words, two_queues):
    come_to(customers.stranger())
    page = amal.open("/webacd/monitor/")
    expect(waiting_in(page, words)).to_have_count(1)
    move = page.get_by_role("link", name=words("Move"))
    expect(move).to_have_count(1)
    move.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=words("Another queue"))
    choice = dialog.get_by_label(words("Another queue for %(name)s") % {"name": "Carol"})
    expect(choice).to_be_focused()
    page.keyboard.press("Escape")
    expect(move).to_be_focused()
    page.keyboard.press("Enter")
    choice.select_option(label="Old invoices")
    dialog.get_by_role("button", name=words("Move"), exact=True).press("Enter")
    expect(dialog).to_be_hidden()
    expect(waiting_in(page, words)).to_have_text("Old invoices")
    # Before what it shows is no longer for this manager.
    page.close()


def test_customer_is_moved_without_scripts(amal, customers, browser, words, two_queues):
    come_to(customers.stranger())
    context = browser.new_context(
        java_script_enabled=False, locale=words.locale, storage_state=amal.context.storage_state()
    )
    page = context.new_page()
    page.goto(amal.site.url + "/webacd/monitor/")
    page.get_by_role("link", name=words("Move")).click()
    page.get_by_label(words("Another queue for %(name)s") % {"name": "Carol"}).select_option(label="Old invoices")
    page.get_by_role("button", name=words("Move"), exact=True).click()
    expect(page.get_by_role("heading", name=words("Monitor"), exact=True)).to_be_visible()
    expect(waiting_in(page, words)).to_have_text("Old invoices")
    context.close()
