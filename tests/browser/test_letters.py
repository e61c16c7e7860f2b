"""The site's own letters: where they come from."""

import re

FONT = re.compile(r"/static/fonts/(latin|arabic)\.[0-9a-f]{12}\.woff2$")
DRAWN = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter((each) => each.family === "Site" && each.status === "loaded").length;
}"""


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
