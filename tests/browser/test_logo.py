"""A logo in the bar on top of each page: it leaves room for what is beside it."""

import pytest

from tests.browser.logo import logo_of

# As wide as one is shown.
WIDE = (400, 70)
# Each pair of things in the bar of which one lies over the other, and what is not in it.
COLLISIONS = """(bar) => {
  // A console's is folded into the bar of the session.
  const ends = (bar.checkVisibility() ? bar : document.querySelector(".rooms")).getBoundingClientRect();
  const seen = [...bar.querySelectorAll("img, .navbar__link, .button")].filter((each) => each.checkVisibility());
  const boxes = seen.map((each) => each.getBoundingClientRect());
  // On a phone the customer's bar has two rows.
  const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const outside = seen.filter((_, at) => boxes[at].left < ends.left || boxes[at].right > ends.right
    || boxes[at].top < ends.top || boxes[at].bottom > ends.bottom);
  const pairs = seen.flatMap((each, at) => boxes.slice(at + 1).flatMap((box, beyond) =>
    over(boxes[at], box) ? [[each.className, seen[at + 1 + beyond].className].join(" over ")] : []));
  return [...outside.map((each) => each.className), ...pairs];
}"""


@pytest.fixture
def logo(site):
    with logo_of(site, WIDE):
        yield


def has_room(page, *, narrowest=360):
    for width in (1440, 800, 390, narrowest):
        page.set_viewport_size({"width": width, "height": 700})
        assert (width, page.locator(".navbar").evaluate(COLLISIONS)) == (width, [])
        if not page.locator(".navbar__logo").is_visible():
            # There is no room for it beside the name of who helps.
            assert width < 1440
            continue
        height, ratio = page.locator(".navbar__logo").evaluate(
            "({height, width, parentElement: link}) => [link.clientHeight, width / height]"
        )
        assert height <= 32
        # Smaller where there is no room, and not narrower.
        assert ratio == pytest.approx(WIDE[0] / WIDE[1], rel=0.2)


def test_logo_leaves_room_for_strangers(logo, customers):
    has_room(customers.stranger().open("/"))


def test_logo_leaves_room_for_customers(logo, amal, customers):
    has_room(customers.join(amal.start().number).page)


def test_logo_leaves_room_for_representatives(logo, amal, new_csr):
    has_room(new_csr("dana").open("/"))
    # Narrower than that, a representative's links lie over the product's mark as well.
    has_room(amal.start().page, narrowest=390)
