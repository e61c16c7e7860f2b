"""After the end: what happened is on record, in the language of the reader, and reports lead to it."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults import serious_faults
from tests.browser.words import Words


def test_session_is_on_record_in_both_languages(bilal, customers, words):
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    carol.say("It says error 7")
    desk.hears("It says error 7")
    number, page = desk.number, desk.page
    page.get_by_role("tab", name=words("Desktop"), exact=True).click()
    page.get_by_role("button", name=words("View customer's desktop"), exact=True).click()
    carol.page.get_by_role("button", name=words("Decline"), exact=True).click()
    expect(carol.page.get_by_role("alertdialog")).to_have_count(0)
    desk.end()
    carol.is_thanked()

    page.goto(bilal.site.url + f"/sessions/{desk.key}/")
    page.get_by_role("link", name=words("Session record")).click()
    tells_all(page, words)
    page.get_by_role("link", name=words("Reports")).first.click()
    page.get_by_role("link", name=number).click()
    other = Words("ar" if words.language == "en" else "en")
    page.locator(f"button[lang={other.language}]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", other.language)
    tells_all(page, other)


def tells_all(page, words):
    """The record of carol's session, in these words."""
    timeline = page.get_by_role("region", name=words("What happened"), exact=True).get_by_role("listitem")
    csr = "Bilal Nasser"
    kind = words("View customer's desktop")
    for sentence, facts in (
        ("{participant} joined.", {"participant": "Carol"}),
        ("{requested_by} asked {owner}: {kind}?", {"requested_by": csr, "owner": "Carol", "kind": kind}),
        ("{customer} answered {csr}: {answer}.", {"customer": "Carol", "csr": csr, "answer": words("declined")}),
        ("{actor} ended the session.", {"actor": csr}),
    ):
        # Names stand in elements of their own here, so the text has no marks of direction.
        expect(timeline.get_by_text(words(sentence).format(**facts), exact=True)).to_have_count(1)
    expect(page.get_by_role("region", name=words("Chat"), exact=True)).to_contain_text("It says error 7")
    asked = page.get_by_role("region", name=words("Permissions"), exact=True).get_by_role("listitem")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text(words("declined at %(time)s").partition("%")[0].strip())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_past_have_no_serious_fault(bilal, customers, words, scheme):
    desk = bilal.start()
    carol = customers.join(desk.number)
    carol.is_live()
    carol.say("Hello")
    desk.hears("Hello")
    desk.end()
    page = desk.page
    page.emulate_media(color_scheme=scheme)
    faults = []
    for path in ("/reports/", "/reports/?text=nobody", "/reports/representatives/", f"/sessions/{desk.key}/record/"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(bilal.site.url + path)
            faults += serious_faults(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults += [(path, "too wide", wide)] if wide > width else []
    assert faults == []


def test_list_as_a_file(bilal, customers, words):
    desk = bilal.start()
    # Another name in each language: the site is shared, and keeps the other's session.
    name = {"en": "Zoe", "ar": "زينب"}[words.language]
    customers.join(desk.number, name).is_live()
    desk.end()
    desk.page.goto(bilal.site.url + f"/reports/?text={name}")
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="CSV").click()
    head, row = download.value.path().read_text("utf-8-sig").splitlines()
    assert head.startswith(words("Session number") + ",")
    assert f",{name}," in row
