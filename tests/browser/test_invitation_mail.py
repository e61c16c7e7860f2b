"""The invitation's mail as mail programs show it: narrow and wide, without styles, and without pictures."""

import re

import pytest
from playwright.sync_api import expect

from supportcenter.views.mail_files import messages
from tests.browser.logo import logo_of
from tests.browser.test_invite import LINK, InvitePanel

NUMBER = re.compile(r"^\d{3} \d{3} \d{3}$")
# The lines of an element's text, as it is drawn.
LINES = """(element) => {
  const text = document.createRange();
  text.selectNodeContents(element);
  return [...text.getClientRects()].map(({left, right, top, bottom}) => ({left, right, top, bottom}));
}"""
# What is drawn beside the page: the ends of elements that are seen.
BESIDE = """() => [...document.body.querySelectorAll("*")].filter((element) => {
  const {left, right, width} = element.getBoundingClientRect();
  return width && (left < 0 || right > innerWidth);
}).map((element) => element.outerHTML.slice(0, 120))"""
WITHOUT_RULES = "() => document.querySelectorAll('style').forEach((style) => style.remove())"
# Of a program that knows no styles at all, what lists of mail show aside: it would be the first line of the page.
WITHOUT_STYLES = """() => {
  document.querySelector("body > div").remove();
  document.querySelectorAll("[style]").forEach((element) => element.removeAttribute("style"));
}"""


@pytest.fixture
def logo(site):
    with logo_of(site, (360, 96)):
        yield


@pytest.fixture
def html(logo, amal, site, words):
    """Of an invitation in the language of the test."""
    panel = InvitePanel(amal.start()).open()
    panel.fill_in("lena@example.com", language=words.language)
    panel.ok()
    panel.lists("lena@example.com", "Sent")
    return messages(site.data_dir / "mail")[0].html


@pytest.fixture
def shown(new_context, html):
    """shown(360): the message in a mail program of that width."""

    def shown(width, *, pictures=True, **options):
        context = new_context(viewport={"width": width, "height": 900}, **options)
        if not pictures:
            context.route("**/logo/*", lambda route: route.abort())
        page = context.new_page()
        page.set_content(html, wait_until="load")
        return page

    return shown


def number(page):
    return page.locator("span", has_text=NUMBER)


def links(page):
    return [link.get_attribute("href") for link in page.locator("a").all()]


def lines(locator):
    return locator.evaluate(LINES)


def is_on_one_line(locator):
    return len({round(line["top"]) for line in lines(locator)}) == 1


def is_whole(page):
    """Nothing stands beside the page; the number is on one line, and the link can be read and pressed."""
    assert page.evaluate(BESIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(number(page)).to_be_visible()
    assert is_on_one_line(number(page))
    [address] = [href for href in {*links(page)} if LINK.fullmatch(href)]
    to_press, to_read = page.locator(f'a[href="{address}"]').all()
    expect(to_press).to_be_visible()
    expect(to_read).to_have_text(address)
    assert is_on_one_line(to_press)


def goes_its_way(page, words):
    """Text begins where its language begins, and what runs from left to right stays so."""
    is_rtl = words.language == "ar"
    start = (lambda box: box["right"]) if is_rtl else (lambda box: box["left"])
    first, *_others = page.locator("td.sheet > p").all()
    edges = first.evaluate("({parentElement: cell}) => cell.getBoundingClientRect().toJSON()")
    padding = page.locator("td.sheet").evaluate("(cell) => parseFloat(getComputedStyle(cell).paddingLeft)")
    assert abs(abs(start(lines(first)[0]) - start(edges)) - padding) <= 3
    [one] = page.locator("td", has_text=re.compile(r"^1\.$")).all()
    [step] = one.locator("xpath=following-sibling::td").all()
    assert (lines(one)[0]["left"] > lines(step)[0]["left"]) == is_rtl
    digits = number(page).evaluate(
        """({firstChild: text}) => [0, text.length - 1].map((at) => {
          const digit = document.createRange();
          digit.setStart(text, at);
          digit.setEnd(text, at + 1);
          return digit.getBoundingClientRect().left;
        })"""
    )
    assert digits == sorted(digits)


@pytest.mark.parametrize("width", [360, 800])
def test_message_is_whole(shown, words, width):
    page = shown(width)
    is_whole(page)
    goes_its_way(page, words)
    picture = page.get_by_alt_text(words("Support Center"))
    assert picture.evaluate("({naturalWidth, width, height}) => [naturalWidth, width, height]") == [360, 180, 48]


@pytest.mark.parametrize("width", [360, 800])
def test_message_without_rules_is_whole(shown, words, width):
    """Many programs drop the element, and leave what stands on the others."""
    page = shown(width)
    page.evaluate(WITHOUT_RULES)
    is_whole(page)
    goes_its_way(page, words)


def test_message_without_any_styles_goes_its_way(shown, words):
    page = shown(800)
    page.evaluate(WITHOUT_RULES)
    page.evaluate(WITHOUT_STYLES)
    is_whole(page)
    goes_its_way(page, words)


def test_message_without_pictures_names_the_site(shown, words, watch):
    watch.expect("ERR_FAILED")
    page = shown(360, pictures=False)
    is_whole(page)
    name = words("Support Center")
    picture = page.get_by_alt_text(name)
    assert picture.evaluate("({complete, naturalWidth}) => [complete, naturalWidth]") == [True, 0]
    expect(picture).to_be_visible()
    expect(page.locator("strong", has_text=name)).to_be_visible()
