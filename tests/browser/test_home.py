"""Home, as it looks."""

import pytest

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
