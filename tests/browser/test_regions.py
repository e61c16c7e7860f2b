"""Regions and morphing in a real browser: what they keep (focus, scrolling, open details) only a browser has."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://support.test"
ROSTER = '<ul id="roster" data-region-url="/roster/" data-refresh-on="participant.joined participant.left">{}</ul>'
PAIR = """<p id="bar" data-region-url="/s/regions/bar/" data-refresh-on="control.transferred activity.started">0</p>
<p id="tools" data-region-url="/s/regions/tools/" data-refresh-on="control.transferred">0</p>"""
PAGE = f"""<!doctype html><body><button id="elsewhere">elsewhere</button>{ROSTER.format("<li>0</li>")}{PAIR}
<script type="module">
import {{ Emitter }} from "/static/js/core/emitter.js";
import {{ Regions }} from "/static/js/core/regions.js";
window.stream = new Emitter();
window.told = [];
window.regions = new Regions(document, stream);
window.happen = (type) => stream.emit("event", {{ type }});
document.addEventListener("region:refreshed", (event) => told.push(event.target.id));
document.addEventListener("region:failed", (event) => told.push(event.detail.code));
</script>"""


class Site:
    """Answers for the page's site; `answers` are those of /roster/, the last of which is repeated."""

    def __init__(self, page):
        self.page = page
        self.answers = ["<li>1</li>"]
        self.asked = 0
        # Of the regions that are answered together: what was asked for, and with which tag.
        self.together, self.drawn = [], {"bar": "1", "tools": "1"}
        page.route("**/*", self._answer)
        page.goto(SITE)
        page.wait_for_function("() => window.happen")

    def _answer(self, route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=ROOT / path[1:])
        elif path == "/roster/":
            answer = self.answers[min(self.asked, len(self.answers) - 1)]
            self.asked += 1
            route.fulfill(status=answer, body="") if isinstance(answer, int) else route.fulfill(
                body=answer, content_type="text/html"
            )
        elif path.startswith("/s/regions/"):
            self._answer_together(route, path)
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    def _answer_together(self, route, path):
        known = route.request.headers.get("if-none-match", "")
        self.together.append((path.removeprefix("/s/regions/"), known))
        names = path.partition("?names=")[2].split(",")
        if self.drawn is None:
            route.fulfill(status=502, body="")
        elif known == '"{}"'.format(".".join(f"tag-{self.drawn[name]}" for name in names)):
            route.fulfill(status=304)
        else:
            route.fulfill(json={name: {"html": self.drawn[name], "tag": f"tag-{self.drawn[name]}"} for name in names})

    def pair(self):
        return self.page.inner_text("#bar"), self.page.inner_text("#tools")

    def happen(self, *types):
        self.page.evaluate("types => types.forEach(happen)", list(types))

    def wait_for_told(self, count):
        self.page.wait_for_function(f"told.length >= {count}")
        return self.page.evaluate("told")

    def roster(self):
        return self.page.inner_html("#roster")

    def refresh(self):
        """One refresh, awaited."""
        before = self.page.evaluate("told.length")
        self.happen("participant.joined")
        self.wait_for_told(before + 1)


@pytest.fixture
def site(browser):
    page = browser.new_page()
    yield Site(page)
    page.close()


def test_region_fetches_its_html_on_the_events_that_it_names(site):
    site.happen("chat.said", "participant.join", "participant.joined")

    assert site.wait_for_told(1) == ["roster"]
    assert (site.roster(), site.asked) == ("<li>1</li>", 1)


def test_region_merges_a_burst(site):
    site.happen(*["participant.joined", "participant.left"] * 10)

    site.wait_for_told(1)
    site.refresh()
    assert site.asked == 2


def test_region_asks_again_for_what_happened_while_it_was_asking(site):
    site.answers = ["<li>old</li>", "<li>new</li>"]
    site.page.evaluate(
        "document.addEventListener('region:refreshed', () => happen('participant.left'), { once: true })"
    )
    site.happen("participant.joined")

    site.wait_for_told(2)
    assert (site.roster(), site.asked) == ("<li>new</li>", 2)


def test_region_that_did_not_get_through_tries_again(site):
    site.answers = [502, "<li>1</li>"]
    site.happen("participant.joined")

    assert site.wait_for_told(2) == ["failed", "roster"]


def test_region_that_is_refused_stays_as_it_is(site):
    site.answers = [404, "<li>1</li>"]
    site.happen("participant.joined")

    assert site.wait_for_told(1) == ["failed"]
    assert site.roster() == "<li>0</li>"
    site.refresh()
    assert site.roster() == "<li>1</li>"


def test_regions_of_one_place_are_asked_for_together(site):
    site.happen("participant.joined", "control.transferred", "activity.started")

    assert sorted(site.wait_for_told(3)) == ["bar", "roster", "tools"]
    assert (site.pair(), site.together, site.asked) == (("1", "1"), [("?names=bar,tools", "")], 1)


def test_regions_say_what_they_show_and_stay_if_nothing_has_changed(site):
    site.happen("control.transferred")
    site.wait_for_told(2)
    site.page.evaluate("bar.append('!')")
    site.happen("control.transferred")
    site.wait_for_told(4)
    # What a script has added goes, as with any answer.
    assert (site.pair(), site.together[1]) == (("1", "1"), ("?names=bar,tools", '"tag-1.tag-1"'))

    site.drawn["bar"] = "2"
    site.happen("activity.started")
    site.wait_for_told(5)
    assert (site.pair(), site.together[2]) == (("2", "1"), ("?names=bar", '"tag-1"'))
    site.happen("control.transferred")
    site.wait_for_told(7)
    assert (site.pair(), site.together[3]) == (("2", "1"), ("?names=bar,tools", '"tag-2.tag-1"'))


def test_regions_that_did_not_get_through_try_again_together(site):
    drawn, site.drawn = site.drawn, None
    site.happen("control.transferred")
    assert site.wait_for_told(2) == ["failed", "failed"]
    site.drawn = drawn

    assert sorted(site.wait_for_told(4)[2:]) == ["bar", "tools"]
    assert {names for names, _tag in site.together} == {"?names=bar,tools"}


def test_region_takes_itself_as_an_answer(site):
    site.answers = [ROSTER.format("<li>whole</li>")]
    site.refresh()

    assert site.roster() == "<li>whole</li>"


def test_refresh_keeps_focus_typing_and_selection(site):
    form = '<li>{}</li><li><input id="note" value=""></li>'
    site.answers = [form.format("a"), form.format("b") + "<li>more</li>"]
    site.refresh()
    site.page.fill("#note", "half a sentence")
    site.page.evaluate("note.setSelectionRange(2, 4)")
    site.refresh()

    assert "more" in site.roster()
    assert site.page.evaluate("[document.activeElement.id, note.value, note.selectionStart, note.selectionEnd]") == [
        "note",
        "half a sentence",
        2,
        4,
    ]


def test_refresh_keeps_the_focus_of_an_element_that_moves(site):
    rows = ['<li id="a"><button>a</button></li>', '<li id="b"><button>b</button></li>', '<li id="c">c</li>']
    site.answers = ["".join(rows), "".join(reversed(rows))]
    site.refresh()
    for name in "ab":
        site.page.evaluate(f"document.querySelector('#{name} button').focus()")
        site.asked = 1
        site.refresh()
        assert site.page.evaluate("document.activeElement.textContent") == name
        assert site.page.evaluate("[...roster.children].map((row) => row.id).join('')") == "cba"
        site.asked = 0
        site.refresh()


def test_refresh_leaves_the_focus_near_when_its_element_is_gone(site):
    site.answers = ["<li><button>remove</button></li>", "<li>removed</li>"]
    site.refresh()
    site.page.focus("#roster button")
    site.refresh()

    assert site.page.evaluate("document.activeElement.id") == "roster"


def test_refresh_takes_no_focus_from_elsewhere(site):
    site.page.focus("#elsewhere")
    site.refresh()

    assert site.page.evaluate("document.activeElement.id") == "elsewhere"


def test_refresh_keeps_details_open_and_lists_scrolled(site):
    content = (
        '<li><details><summary>s</summary>{}</details></li><li><div style="block-size:50px;overflow:auto">{}</div></li>'
    )
    site.answers = [content.format("x", "<p>row</p>" * 20), content.format("y", "<p>row</p>" * 21)]
    site.refresh()
    site.page.evaluate("roster.querySelector('details').open = true; roster.querySelector('div').scrollTop = 120")
    site.refresh()

    assert site.page.evaluate("[roster.querySelector('details').open, roster.querySelector('div').scrollTop]") == [
        True,
        120,
    ]
    assert site.page.evaluate("roster.querySelectorAll('p').length") == 21


def test_refresh_updates_attributes_and_keeps_keyed_elements(site):
    site.answers = [
        '<li data-key="1" class="new">one</li><li data-key="2">two</li>',
        '<li data-key="2" hidden>two</li><li data-key="3">three</li>',
    ]
    site.refresh()
    site.page.evaluate("roster.children[1].mark = 'same'")
    site.refresh()

    assert site.roster() == '<li data-key="2" hidden="">two</li><li data-key="3">three</li>'
    assert site.page.evaluate("roster.children[0].mark") == "same"


def test_region_in_another_window_is_refreshed(site):
    """The tray. What is touched there first (a press is enough) is no Element of the page's window any more."""
    site.answers = ['<li aria-pressed="true">1</li>']
    site.page.evaluate("""async () => {
      window.roster = document.getElementById("roster");
      roster.innerHTML = '<li aria-pressed="false">1</li>';
      const tray = window.open("", "", "popup").document;
      tray.body.append(roster);
      window.wasOfThisWindow = tray.querySelector("li") instanceof Element;
      const refreshed = new Promise((done) => roster.addEventListener("region:refreshed", done));
      regions.refresh(roster);
      await refreshed;
    }""")
    assert site.page.evaluate("[wasOfThisWindow, roster.innerHTML]") == [False, '<li aria-pressed="true">1</li>']
