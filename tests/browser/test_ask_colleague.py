"""A colleague is asked to assist, on whatever page of the site they have open (S26)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import until
from tests.browser.test_invite import InvitePanel
from tests.browser.test_notifications import COME_BACK, STANDING, Machine

# As if nobody had been asked for a while, in the test before this one.
LONG_AGO = """
from datetime import timedelta
from django.db.models import F
from supportcenter.live.models import Event
Event.objects.filter(type="assist.asked").update(at=F("at") - timedelta(hours=1))
"""


@pytest.fixture(autouse=True)
def nobody_was_asked_lately(site):
    site.run(LONG_AGO)


def test_colleague_who_is_no_agent_is_asked_on_the_page_they_have_open(bilal, faris, words):
    desk = bilal.start()
    panel = InvitePanel(desk).open()
    expect(panel.dialog.get_by_text(words("No other colleague has a page open at the moment."))).to_be_visible()
    close(panel, words)

    page = faris.open("/reports/")
    follows(page)
    panel = InvitePanel(desk).open()
    ask = panel.dialog.get_by_role("button").filter(has_text="Faris Odeh")
    ask.click()
    told = words("{name} asks you to assist in session {number}.", name="Bilal Nasser", number=desk.number)
    expect(page.locator("[data-toasts]").get_by_text(told)).to_be_visible()
    expect(desk.page.get_by_text(words("{name} has been asked to assist.", name="Faris Odeh"))).to_be_visible()

    with faris.context.expect_page() as opened:
        page.get_by_role("link", name=words("Assist Session"), exact=True).last.click()
    opened.value.locator("main").get_by_role("button", name=words("Join"), exact=True).click()
    opened.value.wait_for_url(re.compile(rf"/sessions/{desk.key}/"))
    close(panel, words)
    expect(desk.participant("Faris Odeh")).to_be_visible()


def test_who_looks_elsewhere_finds_the_question_when_they_come_back(bilal, faris, words):
    desk = bilal.start()
    machine = Machine(faris)
    page = faris.open("/reports/")
    follows(page)
    machine.use(page)
    panel = InvitePanel(desk).open()
    panel.dialog.get_by_role("button").filter(has_text="Faris Odeh").click()
    told = words("{name} asks you to assist in session {number}.", name="Bilal Nasser", number=desk.number)
    assert until(lambda: [one["title"] for one in machine.shown] == [told])
    assert until(lambda: page.evaluate(STANDING) == [told])
    sentence = page.locator("[data-toasts]").get_by_text(told)
    expect(sentence).to_have_count(0)
    page.evaluate(COME_BACK)
    expect(sentence).to_be_visible()
    assert until(lambda: page.evaluate(STANDING) == [])


def test_who_has_closed_their_last_page_meanwhile_is_not_said_to_be_asked(bilal, faris, words, watch):
    watch.expect(r"409 \(Conflict\).*/ask/")
    page = faris.open()
    follows(page)
    desk = bilal.start()
    panel = InvitePanel(desk).open()
    ask = panel.dialog.get_by_role("button").filter(has_text="Faris Odeh")
    expect(ask).to_be_visible()
    page.close()
    ask.click()
    refused = words("%(name)s has no page open at the moment, or is in the session already.")
    expect(panel.dialog.get_by_text(refused.replace("%(name)s", "Faris Odeh"), exact=True)).to_be_visible()
    expect(desk.page.get_by_text(words("{name} has been asked to assist.", name="Faris Odeh"))).to_have_count(0)


def follows(page):
    expect(page.locator("[data-person-page] [data-socket]")).to_have_attribute("data-connection", "live")


def close(panel, words):
    panel.dialog.get_by_role("button", name=words("Close"), exact=True).click()
