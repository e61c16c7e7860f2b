"""The site's own letters: where they come from, and that no line moves when they have arrived."""

import re

import pytest

FONT = re.compile(r"/static/fonts/(latin|arabic)\.[0-9a-f]{12}\.woff2$")
DRAWN = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter((each) => each.family === "Site" && each.status === "loaded").length;
}"""
# Where each text begins and how high it is: what a person would see jump.
PLACES = """() => [...document.querySelectorAll("h1, h2, p, label, button, .navbar__link")]
  .filter((each) => each.checkVisibility()).map((each) => {
    const {top, height} = each.getBoundingClientRect();
    return [each.tagName, Math.round(top), Math.round(height)];
  })"""


def fonts_of(page, url):
    answers = []
    page.on("response", lambda answer: answers.append(answer) if FONT.search(answer.url) else None)
    page.goto(url)
    assert page.evaluate(DRAWN) == len(answers)
    return answers


def test_a_page_has_its_letters_from_the_site(site, customers, words):
    page = customers.stranger().context.new_page()
    answers = fonts_of(page, site.url + "/accounts/login/")
    # In Arabic, Latin letters come with a digit or an address.
    expected = {"en": ["latin"], "ar": ["arabic", "latin"]}[words.language]
    assert [FONT.search(answer.url)[1] for answer in answers] == expected
    for answer in answers:
        headers = answer.headers
        assert (answer.status, headers["content-type"]) == (200, "font/woff2")
        assert "immutable" in headers["cache-control"]
        assert int(headers["content-length"]) < 30_000


@pytest.mark.parametrize("words", ["en"], indirect=True)
def test_nothing_moves_when_letters_arrive(site, customers, words):
    page = customers.stranger().context.new_page()
    kept = []
    page.route(FONT, lambda route: kept.append(route))
    page.goto(site.url + "/accounts/login/", wait_until="domcontentloaded")
    page.wait_for_function("document.fonts.status === 'loading'")
    before = page.evaluate(PLACES)
    for route in kept:
        route.continue_()
    assert page.evaluate(DRAWN) == len(kept) == 1
    assert before == page.evaluate(PLACES) != []
