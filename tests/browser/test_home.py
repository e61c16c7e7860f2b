"""Home, as it looks."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Desk

TOPS = "(part) => Math.round(part.getBoundingClientRect().top)"


@pytest.mark.parametrize("width", [1440, 1000])
def test_cards_of_a_row_are_in_line(amal, width):
    """However much each of them says."""
    page = amal.open()
    page.set_viewport_size({"width": width, "height": 900})
    rows = {}
    for card in page.locator(".home-action").all():
        parts = [card.locator(part).evaluate(TOPS) for part in (".home-action__sign", "strong")]
        rows.setdefault(card.evaluate(TOPS), []).append(parts)
    assert sum(map(len, rows.values())) == 3
    assert all(row.count(row[0]) == len(row) for row in rows.values()), rows


def test_a_session_whose_page_was_closed_is_restored_by_the_customers_name(bilal, customers, words, admin_decides):
    admin_decides(reload_grace=60)
    desk = bilal.start()
    carol = customers.join(desk.number)
    desk.leave_by_closing()
    home = bilal.open("/")
    row = home.locator(".running__row").filter(has_text="Carol")
    expect(row).to_contain_text(words("Seconds left:"))
    row.get_by_role("button", name=words("Restore the session"), exact=True).click()
    home.wait_for_url(f"**/sessions/{desk.key}/")
    again = Desk(home, bilal)
    carol.is_live()
    again.say("I am back")
    carol.hears("I am back")
    again.end()
    carol.is_thanked()
