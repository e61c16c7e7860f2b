"""A list of which only the rows are fetched that changed, in a real browser."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://support.test"
PAGE = """<!doctype html><body><div id="place" data-list-url="/list/?" data-rows-url="/rows/?">{}</div>
<script type="module">
import {{ ChangingList }} from "/static/js/core/changing_list.js";
window.list = new ChangingList(document.getElementById("place"));
window.told = 0;
document.addEventListener("region:refreshed", () => told++);
document.addEventListener("region:failed", () => told++);
</script>"""


class Site:
    """Has a list of a few rows, `keys`, each with what stands in it; `asked` is what the page has asked for."""

    def __init__(self, page):
        self.page = page
        self.rows = {"a": "1", "b": "1"}
        self.asked = []
        self.unwell = 0
        page.route("**/*", self._answer)
        page.goto(SITE)
        page.wait_for_function("() => window.list")

    @property
    def order(self):
        return "".join(self.rows)

    def _answer(self, route):
        url = urlsplit(route.request.url)
        if url.path.startswith("/static/"):
            return route.fulfill(path=ROOT / url.path[1:])
        if url.path == "/":
            return route.fulfill(body=PAGE.format(self._list()), content_type="text/html")
        asked = parse_qs(url.query)
        self.asked.append((url.path, asked.get("keys", [""])[0]))
        if self.unwell:
            self.unwell -= 1
            return route.fulfill(status=502, body="")
        if url.path == "/list/":
            return route.fulfill(body=self._list(), content_type="text/html")
        rows = {key: self._row(key) for key in asked["keys"][0].split(",") if key in self.rows}
        same = asked["order"][0] == self.order
        news = {} if same else {"order": self.order, "keys": list(self.rows), "pages": f"<p>{self.order}</p>"}
        return route.fulfill(json={"rows": rows, **news})

    def _row(self, key):
        return f'<!-- --><tr data-key="{key}"><td>{key}{self.rows[key]} <button>{key}</button></td></tr>\n'

    def _list(self):
        if not self.rows:
            return "<p>nothing</p><div data-pages></div>"
        rows = "".join(map(self._row, self.rows))
        return f'<table data-order="{self.order}"><tbody data-rows>{rows}</tbody></table><div data-pages></div>'

    def refresh(self, *keys, answers=1):
        before = self.page.evaluate("told")
        self.page.evaluate("keys => keys.forEach((key) => list.refresh(key))", list(keys))
        self.page.wait_for_function(f"told >= {before + answers}")

    def shown(self):
        return [row.split()[0] for row in self.page.locator("tr").all_inner_texts()]


@pytest.fixture
def site(browser):
    page = browser.new_page()
    yield Site(page)
    page.close()


def test_rows_that_changed_within_a_moment_are_one_request(site):
    site.rows |= {"a": "2", "b": "2"}
    site.refresh("a", "b", "a")

    assert (site.shown(), site.asked) == (["a2", "b2"], [("/rows/", "a,b")])


def test_row_that_changed_keeps_the_focus_and_the_others_stay(site):
    site.page.focus('[data-key="a"] button')
    site.page.evaluate("document.querySelector('[data-key=b]').mark = 'same'")
    site.rows["a"] = "2"
    site.refresh("a")

    assert site.page.evaluate("document.activeElement.textContent") == "a"
    assert site.page.evaluate("document.querySelector('[data-key=b]').mark") == "same"


def test_what_begins_comes_in_its_place_and_what_ended_goes(site):
    site.rows = {"a": "1", "c": "1", "d": "1"}
    site.refresh("b", "c", "d")

    assert (site.shown(), site.asked) == (["a1", "c1", "d1"], [("/rows/", "b,c,d")])
    assert site.page.inner_text("[data-pages]") == "acd"
    # Now it shows what there is, and is told no order.
    site.page.evaluate("document.querySelector('[data-pages]').textContent = 'as it was'")
    site.refresh("c")
    assert site.page.inner_text("[data-pages]") == "as it was"


def test_row_that_takes_the_place_of_another_is_asked_for(site):
    site.rows = {"b": "1", "c": "1"}
    site.refresh("a", answers=2)

    assert (site.shown(), site.asked) == (["b1", "c1"], [("/rows/", "a"), ("/rows/", "c")])


def test_focus_of_a_row_that_ended_stays_in_the_list(site):
    site.page.focus('[data-key="b"] button')
    site.rows.pop("b")
    site.refresh("b")

    assert site.page.evaluate("document.activeElement.id") == "place"


def test_first_row_comes_with_its_list_and_the_last_takes_it_along(site):
    site.rows = {}
    site.refresh("a", "b")
    assert site.page.inner_text("#place") == "nothing"

    site.rows = {"c": "1"}
    site.refresh("c")
    assert site.shown() == ["c1"]
    assert site.asked == [("/rows/", "a,b"), ("/list/", ""), ("/list/", "")]


def test_list_is_read_again_when_too_much_changed_or_nobody_knows_what(site):
    site.refresh(*[f"key-{number}" for number in range(51)])
    before = site.page.evaluate("told")
    site.page.evaluate("list.refresh('a'); list.refreshAll()")
    site.page.wait_for_function(f"told > {before}")

    assert site.asked == [("/list/", ""), ("/list/", "")]


def test_row_that_did_not_get_through_is_asked_for_again(site):
    site.unwell = 1
    site.rows["a"] = "2"
    site.refresh("a", answers=2)

    assert (site.shown(), site.asked) == (["a2", "b1"], [("/rows/", "a")] * 2)
